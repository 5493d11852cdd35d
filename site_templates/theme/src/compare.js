/** On the page 对照阅读. */

import { comparePage } from "./compare/page.js";

comparePage();
