/** Said by whoever put new elements into the page: those among them that are islands are mounted. In a file of its own, without React. */
export const ISLANDS_EVENT = "exprsn:islands";
