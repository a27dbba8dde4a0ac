/** The time that statistics are about. */
import { atom } from "jotai";

export const DAYS = [1, 7, 30, 90] as const;
export const daysAtom = atom<(typeof DAYS)[number]>(30);
