/** On the page of an address that is none. */

import { homeBox } from "./home/box.js";
import { offerGuesses } from "./home/offer.js";

homeBox();
offerGuesses();
