/** Hit policies and aggregations, as people read them. */
import { _ } from "../../lib/i18n";

export const POLICIES = ["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"] as const;
export type Policy = (typeof POLICIES)[number];
export const AGGREGATIONS = ["list", "sum", "min", "max", "count"] as const;

export function policyName(policy: string): string {
  switch (policy) {
    case "UNIQUE":
      return _("Unique");
    case "FIRST":
      return _("First");
    case "PRIORITY":
      return _("Priority");
    case "ANY":
      return _("Any");
    case "COLLECT":
      return _("Collect");
    case "RULE_ORDER":
      return _("Rule order");
    case "OUTPUT_ORDER":
      return _("Output order");
    default:
      return policy;
  }
}

export function policyHelp(policy: string): string {
  switch (policy) {
    case "UNIQUE":
      return _("At most one rule may fit. Two that fit are an error.");
    case "FIRST":
      return _("The first rule that fits answers; the order of the rules counts.");
    case "PRIORITY":
      return _("Of the rules that fit, the one with the most important output answers.");
    case "ANY":
      return _("Several rules may fit when they answer the same.");
    case "COLLECT":
      return _("Every rule that fits answers; the answers are collected.");
    case "RULE_ORDER":
      return _("Every rule that fits answers, in the order of the rules.");
    case "OUTPUT_ORDER":
      return _("Every rule that fits answers, the most important output first.");
    default:
      return "";
  }
}

export function aggregationName(aggregation: string): string {
  switch (aggregation) {
    case "sum":
      return _("Sum");
    case "min":
      return _("Smallest");
    case "max":
      return _("Largest");
    case "count":
      return _("Count");
    default:
      return _("List of all");
  }
}
