/** On the search page. */

import { searchPage } from "./search/page.js";

searchPage();
