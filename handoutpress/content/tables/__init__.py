"""Tables that spreadsheets write, read into cells that know their names."""
