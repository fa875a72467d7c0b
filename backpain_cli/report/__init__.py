"""What the program shows: tables, documents and JSON."""
