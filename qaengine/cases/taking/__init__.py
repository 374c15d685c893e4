"""What a format says becomes what the catalogue has: headings matched, values read, rows taken or left, all counted."""
