/* Writes labelled.sas7bdat, formats.sas7bcat and formats32.sas7bcat with ReadStat: with its source as in pyreadstat 1.3.7,
   cc -I src labelled.c src/[*].c src/sas/[*].c -lm */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "readstat.h"

static ssize_t put(const void *data, size_t length, void *file) {
    return write(*(int *)file, data, length);
}

static readstat_writer_t *begin(void) {
    readstat_writer_t *writer = readstat_writer_init();
    readstat_set_data_writer(writer, put);
    readstat_writer_set_file_timestamp(writer, 1704067200);
    return writer;
}

/* A missing value with a letter, or without one for a point, as SAS keeps it. */
static double missing(char letter) {
    uint64_t bits = 0xFFFF000000000000u | ((uint64_t)(uint8_t)~letter << 40);
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static int formats(const char *name, int is_64_bit) {
    int file = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    readstat_writer_t *writer = begin();
    readstat_writer_set_file_format_is_64bit(writer, is_64_bit);
    readstat_label_set_t *set = readstat_add_label_set(writer, READSTAT_TYPE_STRING, "$SEX");
    readstat_label_string_value(set, "f", "Female");
    readstat_label_string_value(set, "m", "Male");
    readstat_label_string_value(set, " ", "no entry");
    set = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "ARM");
    readstat_label_double_value(set, 1, "Placebo");
    readstat_label_double_value(set, 2, "Verum");
    set = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "SEVERITY_AT_START");
    readstat_label_double_value(set, 0, "none");
    readstat_label_double_value(set, 1, "mild");
    readstat_label_double_value(set, 2.5, "m\xc3\xa4\xc3\x9fig");
    readstat_label_double_value(set, -9, "not asked");
    readstat_label_double_value(set, missing('A'), "refused");
    readstat_label_double_value(set, missing('.'), "not known");
    readstat_error_t error = readstat_begin_writing_sas7bcat(writer, &file);
    return error || readstat_end_writing(writer);
}

static readstat_variable_t *add(readstat_writer_t *writer, const char *name, readstat_type_t type, const char *format) {
    readstat_variable_t *variable = readstat_add_variable(writer, name, type, type == READSTAT_TYPE_STRING ? 4 : 8);
    readstat_variable_set_format(variable, format);
    return variable;
}

static int table(const char *name) {
    const char *ids[] = {"P1", "P2", "P3", "P4", "P5", "P6"}, *sexes[] = {"f", "m", "m", "f", "", "m"};
    /* Arm, severity, age, days since 1960, and itch before and after. */
    double numbers[][6] = {
        {1, 0, 61, 23435, 7, 4}, {2, 1, 44, 23440, 6, 6}, {1, 2.5, 70, 23441, 8, 3},
        {2, -9, 38, 23450, 5, 5}, {2, 0, 52, 23451, 9, 2}, {1, 0, 66, 23460, 7, 6},
    };
    const char *names[] = {"arm", "severity", "age", "begun", "itch_before", "itch_after"};
    const char *shown_as[] = {"ARM8", "SEVERITY_AT_START", "BEST12", "DATE9", "8.1", ""};
    int file = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    readstat_writer_t *writer = begin();
    readstat_variable_t *columns[8] = {add(writer, "id", READSTAT_TYPE_STRING, "$4"), add(writer, "sex", READSTAT_TYPE_STRING, "$SEX")};
    readstat_variable_set_label(columns[1], "Sex at birth");
    for (int i = 0; i < 6; i++)
        columns[2 + i] = add(writer, names[i], READSTAT_TYPE_DOUBLE, shown_as[i]);
    readstat_error_t error = readstat_begin_writing_sas7bdat(writer, &file, 6);
    for (int row = 0; row < 6 && !error; row++) {
        readstat_begin_row(writer);
        readstat_insert_string_value(writer, columns[0], ids[row]);
        readstat_insert_string_value(writer, columns[1], sexes[row]);
        for (int i = 0; i < 6; i++)
            if (i == 1 && row == 4)
                readstat_insert_tagged_missing_value(writer, columns[3], 'A');
            else if (i == 1 && row == 5)
                readstat_insert_missing_value(writer, columns[3]);
            else
                readstat_insert_double_value(writer, columns[2 + i], numbers[row][i]);
        error = readstat_end_row(writer);
    }
    return error || readstat_end_writing(writer);
}

int main(void) {
    return table("labelled.sas7bdat") || formats("formats.sas7bcat", 1) || formats("formats32.sas7bcat", 0);
}
