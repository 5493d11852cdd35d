/** On the page 按引文查找. */

import { citationPage } from "./citation/page.js";

citationPage();
