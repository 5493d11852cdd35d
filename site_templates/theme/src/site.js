/** On every page: the search box, the marks of a search, anchors that moved, tools and previews of clauses, printing. */

import { receive as receiveClauses } from "./lib/clauses.js";
import { movedAnchors } from "./policy/moved.js";
import { printing } from "./policy/print.js";
import { clauseTools } from "./policy/tools.js";
import { clausePreviews } from "./preview/links.js";
import { searchBox } from "./search/box.js";
import { receive as receiveSearch } from "./search/files.js";
import { searchMarks } from "./search/marks.js";

// What the scripts with data call (generator/publishing/scripts).
Object.assign(window, { policySite: { receive: receiveClauses }, policySearch: { receive: receiveSearch } });

searchBox();
searchMarks();
movedAnchors();
clauseTools();
clausePreviews();
printing();
