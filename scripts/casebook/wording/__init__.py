"""Words and numbers for readers, as several rooms use them."""
