/* What the report can do beyond being read: its tables can be sorted, filtered and copied, a patient
   can be set off in all figures and tables at once, and the colours can be chosen. The page is whole
   without this script, which alone makes the controls, all of the class "control". It asks for
   nothing from outside and keeps nothing but the choice of colours. */
"use strict";

const KEY = "casebook-theme";
const THEMES = { system: "System", light: "Light", dark: "Dark" };
const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
/* What a spreadsheet takes for a formula: the rule of csvfiles.py. */
const FORMULA = /^'*(?:[\x00-\x1f\s\x85]*[=+\-@＝＋－＠]|[\t\r])/;
const NUMBER_OR_SIGN = /^[ \t-\r]*[+-](?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)?[ \t-\r]*$/i;
const root = document.documentElement;
const collator = new Intl.Collator("en", { numeric: true });

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/* Theme */

function storedTheme() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A file may be refused storage.
  }
}

function useTheme(name) {
  root.dataset.theme = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function themeControl() {
  const choices = Object.entries(THEMES).map(([value, text]) => make("option", { value }, text));
  const select = make("select", { id: "theme" }, ...choices);
  select.value = root.dataset.theme;
  select.addEventListener("change", () => useTheme(select.value));
  return make("label", {}, "Colours ", select);
}

/* Texts of cells */

function textOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".control, .back").forEach((each) => each.remove());
  copy.querySelectorAll("br").forEach((each) => each.replaceWith(" "));
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function sortKey(cell) {
  const text = cell ? textOf(cell) : "";
  if (text === "" || text === "–") return { kind: 2, text };
  const number = /^[<>≤≥=~]?\s*([-−+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?=$|[\s%(])/i.exec(text);
  return number ? { kind: 0, number: Number(number[1].replace("−", "-")), text } : { kind: 1, text };
}

/* Sorting, within each body of a table */

function compared(one, other, sign) {
  if (one.kind !== other.kind) return one.kind - other.kind;
  return sign * (one.kind === 0 ? one.number - other.number : collator.compare(one.text, other.text));
}

function sortBody(body, column, direction, places) {
  const rows = [...body.rows].filter((row) => !row.classList.contains("heading"));
  const keys = new Map(rows.map((row) => [row, sortKey(row.cells[column])]));
  const sign = direction === "descending" ? -1 : 1;
  rows.sort((one, other) => places.get(one) - places.get(other));
  if (direction !== "none") rows.sort((a, b) => compared(keys.get(a), keys.get(b), sign));
  body.append(...rows);
}

function addSorting(table) {
  const headers = [...table.tHead.rows[0].cells];
  const places = new Map([...table.rows].map((row, place) => [row, place]));
  for (const header of headers) {
    const label = `Sort by ${textOf(header)}`;
    const button = make("button", { type: "button", className: "control sort", ariaLabel: label });
    button.addEventListener("click", () => {
      const direction = NEXT[header.getAttribute("aria-sort") ?? "none"];
      headers.forEach((each) => each.removeAttribute("aria-sort"));
      if (direction !== "none") header.setAttribute("aria-sort", direction);
      for (const body of table.tBodies) sortBody(body, header.cellIndex, direction, places);
    });
    header.append(button);
  }
}

/* Filtering and copying */

const bodyRows = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);

function filterControl(table, name, told) {
  const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = bodyRows(table);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    const left = rows.filter((row) => !row.hidden).length;
    told.value = words.length ? `${left} of ${rows.length} rows` : "";
  });
  input.ariaLabel = `Filter: ${name}`;
  return make("label", {}, "Filter ", input);
}

const isFormula = (text) => FORMULA.test(text) && !NUMBER_OR_SIGN.test(text);
const guarded = (text) => (isFormula(text) ? `'${text}` : text);

/* A text as a spreadsheet takes it from the clipboard, where quotation marks around it are taken off. */
function field(text) {
  const safe = guarded(text);
  return safe.includes('"') ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function tableText(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].map((cell) => field(textOf(cell))).join("\t")).join("\n");
}

/* What is selected and copied is guarded too, as text and as HTML: the browser copies what stands on
   the page after this event. */
function guardSelection() {
  const parts = [...document.querySelectorAll("th, td, dt, dd, li")];
  const texts = new Set(parts.filter((part) => isFormula(textOf(part))).map(firstText));
  texts.forEach((text) => text.insertData(0, "'"));
  setTimeout(() => texts.forEach((text) => text.deleteData(0, 1)));
}

function firstText(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  do walker.nextNode(); while (walker.currentNode.data.trim() === "");
  return walker.currentNode;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { value: text, className: "control" });
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy"); // For browsers that give a file no clipboard.
    area.remove();
    return copied;
  }
}

function copyControl(table, name, told) {
  const button = make("button", { type: "button", ariaLabel: `Copy table: ${name}` }, "Copy table");
  button.addEventListener("click", async () => {
    told.value = (await copyText(tableText(table))) ? "Copied." : "The browser refused to copy.";
    button.focus();
  });
  return button;
}

function addTableControls(table) {
  const region = table.closest(".scroll");
  const name = region.getAttribute("aria-label");
  const told = make("output");
  const controls = [copyControl(table, name, told), told];
  if ("filter" in region.dataset) {
    controls.unshift(filterControl(table, name, told));
  }
  region.before(make("div", { className: "control tools" }, ...controls));
}

/* A filter must not hide, nor a closed part of the page, what a link leads to. */
function reveal(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  const row = target?.closest("tr[hidden]");
  if (row) {
    const input = row.closest(".scroll").previousElementSibling.querySelector("input");
    input.value = "";
    input.dispatchEvent(new Event("input"));
  }
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
}

/* One patient, set off everywhere */

function patientControls() {
  const marks = [...document.querySelectorAll(".raw .patient")];
  const names = new Map(marks.map((each) => [each.dataset.patient, each.textContent])); // One may have many rows.
  const choices = [...names].map(([value, text]) => make("option", { value }, text));
  const select = make("select", { id: "patient" }, make("option", { value: "" }, "None"), ...choices);
  const status = make("span", { role: "status" });
  const clear = make("button", { type: "button", hidden: true }, "Clear (Esc)");

  function choose(token) {
    const chosen = choices.find((each) => each.value === token);
    select.value = chosen ? token : "";
    root.classList.toggle("choosing", Boolean(chosen));
    for (const each of document.querySelectorAll("[data-patient]")) {
      each.classList.toggle("chosen", each.dataset.patient === select.value);
      if (each.matches("button")) each.ariaPressed = String(each.dataset.patient === select.value);
    }
    clear.hidden = !chosen;
    status.textContent = chosen ? `Patient ${chosen.text} is highlighted.` : "";
  }

  marks.forEach((mark) => mark.replaceWith(patientButton(mark)));
  select.addEventListener("change", () => choose(select.value));
  clear.addEventListener("click", () => {
    choose("");
    select.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose("");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")) return; // A link leads somewhere, and does nothing else.
    const token = event.target.closest(".patient, svg [data-patient]")?.dataset.patient;
    if (token !== undefined) choose(token === select.value ? "" : token);
  });
  document.body.append(make("aside", { className: "control chip", ariaLabel: "Highlight" }, status, clear));
  return make("label", {}, "Highlight patient ", select);
}

function patientButton(mark) {
  const button = make("button", { type: "button", className: "patient", ariaPressed: "false" });
  button.dataset.patient = mark.dataset.patient;
  button.append(mark.textContent);
  return button;
}

/* The colours are set before anything is shown, the rest once all is there. */
const stored = storedTheme();
root.dataset.theme = Object.hasOwn(THEMES, stored ?? "") ? stored : "system";

document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("table")) {
    addTableControls(table);
    if (!table.matches(".evidence")) addSorting(table); // Its cells are no numbers.
  }
  document.addEventListener("copy", guardSelection);
  const tools = make("div", { className: "control tools" }, patientControls(), themeControl());
  document.querySelector("header").append(tools);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) reveal(link.getAttribute("href")); // A link in a drawing has no "hash".
  });
  window.addEventListener("hashchange", () => reveal(location.hash));
});
