"""The data files other programs read: `records` (DESIGN §5), `inventory` of anchors, `calendars`, `linked_data`, `opensearch`."""
