/** The dialog of publishing, in `dialogAtom`. */
export const PUBLISH = "publish";
