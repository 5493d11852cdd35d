"""The data files other programs read: `records` (DESIGN §5), `csv_files`, `inventory` of anchors, `calendars`, `linked_data`, `opensearch`."""
