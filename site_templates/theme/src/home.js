/** On the home page. */

import { homeBox } from "./home/box.js";

homeBox();
