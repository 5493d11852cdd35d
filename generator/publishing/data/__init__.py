"""The data files other programs read: `records` (CONTRACT.md, Data files), `csv_files`, `inventory` of anchors, `calendars`, `linked_data`, `opensearch`."""
