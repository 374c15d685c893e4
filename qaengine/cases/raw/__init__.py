"""How rows come: CSV, workbooks, XML, JSON, Parquet and a database, each made into tables of text with their places."""
