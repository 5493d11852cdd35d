/** On the list of policies and the page of an indicator. */

import { filters } from "./lists/filters.js";

filters();
