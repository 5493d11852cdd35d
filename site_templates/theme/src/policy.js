/** On the page of a policy: reading it, and its terms. */

import { reading } from "./policy/reading.js";
import { terms } from "./policy/terms.js";

reading();
terms();
