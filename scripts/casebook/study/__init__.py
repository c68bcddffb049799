"""What a study says: its typed model, the fields and expressions in it, its folder."""
