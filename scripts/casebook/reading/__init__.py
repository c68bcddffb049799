"""Files as their users saved them, read as cells of text: tables, workbooks, lists."""
