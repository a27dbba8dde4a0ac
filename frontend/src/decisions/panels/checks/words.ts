/** What the checks of a table say, in words. */
import { _ } from "../../../lib/i18n";
import type { CheckStatus, Finding, FindingKind, Verification } from "../../server/types";

interface KindWords {
  /** The heading over findings of this kind. */
  readonly heading: () => string;
}

const KINDS: Readonly<Record<FindingKind, KindWords>> = {
  type_error: { heading: () => _("Values of the wrong type") },
  conflict: { heading: () => _("Contradictions") },
  overlap: { heading: () => _("Overlaps") },
  gap: { heading: () => _("Gaps") },
  duplicate: { heading: () => _("Rules that say the same") },
  masked: { heading: () => _("Rules that never win") },
  unreachable_value: { heading: () => _("Values that nothing reaches") },
  unused_column: { heading: () => _("Columns without use") },
};

type CheckWords = Readonly<Record<CheckStatus, () => string>>;

const undecided = (what: () => string) => ({ undecided: what });

const CHECKS: Readonly<Record<string, CheckWords>> = {
  gaps: { proved: () => _("Every input has an answer"), found: () => _("Some inputs have no answer"), ...undecided(() => _("Whether every input has an answer is not decided")) },
  overlaps: { proved: () => _("No two rules match at once where that is an error"), found: () => _("Some rules match at once"), ...undecided(() => _("Whether rules match at once is not decided")) },
  conflicts: { proved: () => _("Rules that match together agree"), found: () => _("Some rules contradict each other"), ...undecided(() => _("Whether rules contradict each other is not decided")) },
  masked: { proved: () => _("Every rule can win"), found: () => _("Some rules never win"), ...undecided(() => _("Whether every rule can win is not decided")) },
  duplicates: { proved: () => _("No rule is there twice"), found: () => _("Some rules say the same"), ...undecided(() => _("Whether a rule is there twice is not decided")) },
  unreachable: { proved: () => _("Every value can be reached"), found: () => _("Some values are never reached"), ...undecided(() => _("Whether every value can be reached is not decided")) },
  types: { proved: () => _("Every value fits its column"), found: () => _("Some values do not fit their column"), ...undecided(() => _("Whether every value fits its column is not decided")) },
  unused: { proved: () => _("Every column is used"), found: () => _("Some columns are not used"), ...undecided(() => _("Whether every column is used is not decided")) },
};

export function checkText(check: string, status: CheckStatus): string {
  return CHECKS[check]?.[status]() ?? check;
}

export function kindHeading(kind: FindingKind): string {
  return KINDS[kind]?.heading() ?? kind;
}

export interface FindingGroup {
  readonly kind: FindingKind;
  readonly findings: readonly Finding[];
}

/** The kinds that were found, the worst first. */
export function grouped(findings: readonly Finding[]): readonly FindingGroup[] {
  const known = Object.keys(KINDS) as FindingKind[];
  const kinds = [...known, ...new Set(findings.map(({ kind }) => kind).filter((kind) => !known.includes(kind)))];
  return kinds.map((kind) => ({ kind, findings: findings.filter((each) => each.kind === kind) })).filter(({ findings: found }) => found.length > 0);
}

/** Nothing is known yet, all is proved, something was found, or some of it could not be decided. */
export function verdict({ status, findings, truncated }: Verification): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (findings.length > 0) {
    const said = errors > 0 ? _("{n} found, {errors} of them errors.", { n: findings.length, errors }) : _("{n} found.", { n: findings.length });
    return truncated ? `${said} ${_("Only the first are shown.")}` : said;
  }
  return status === "undecided" ? _("Nothing found, but not everything could be decided.") : _("Proved: complete and without contradiction.");
}
