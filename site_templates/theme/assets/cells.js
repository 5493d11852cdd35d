/*
 * The wording of a table's clauses as text on a line (generator/cells.py does the same for the pages).
 *
 * window.policyCells:
 *   inTable(anchor)  whether a clause is a table, a group or a row: its wording parts its cells by tabs
 *   shown(text)      a stretch of a wording with a mark between its cells, so that no two are read as one
 *   readable(anchor, wording)   a wording in lines: a row on one, with those marks; what is in no table as it is
 */
(function () {
  "use strict";

  const MARK = " │ ";
  const BETWEEN = /[ \u3000]*\t[ \u3000\t]*/g;
  const IN_TABLE = /(?:^|__)(?:table|group|tr)_\d+$/;

  const inTable = (anchor) => IN_TABLE.test(anchor);
  const shown = (text) => text.replace(BETWEEN, MARK);

  function readable(anchor, wording) {
    if (!inTable(anchor)) return wording;
    const isTable = /(?:^|__)table_\d+$/.test(anchor);
    return shown(isTable ? wording : wording.replace(/\n/g, " "));
  }

  window.policyCells = { inTable, shown, readable };
})();
