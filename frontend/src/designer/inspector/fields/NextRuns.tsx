/** When a schedule is due next, as the server works it out. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../../api/client";
import { isList, same, type Json } from "../../../doc/json";
import { _, language } from "../../../lib/i18n";
import { useSettings } from "../../model/hooks";
import { useForm } from "../form/form-context";
import { defaultOf, parametersOf } from "../form/parameter";

/** For typing to rest. */
const CALM_MS = 500;
const SHOWN = 5;

export function NextRuns() {
  const { node, type } = useForm();
  const { timezone: ofWorkflow } = useSettings();
  const own = parametersOf(node)["timezone"];
  // A zone that is being typed is none yet: the server says so, and what was shown stays.
  const zone = useCalm([own, ofWorkflow].find((each) => typeof each === "string" && each !== "") ?? "");
  const declared = type.parameters.find(({ name }) => name === "rules");
  const rules = useCalm(parametersOf(node)["rules"] ?? (declared ? defaultOf(declared) : []));
  const { data } = useQuery({
    queryKey: ["next-runs", rules, zone],
    queryFn: async ({ signal }) => (await api.POST("/api/v1/schedules/preview/", { body: { rules: (isList(rules) ? rules : []) as never, timezone: String(zone) }, signal })).data,
    // What is wrong with the rules is said at their fields.
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (!data || data.times.length === 0) return null;
  const format = new Intl.DateTimeFormat(language(), { dateStyle: "full", timeStyle: "short", timeZone: data.timezone });
  return (
    <section className="next-runs" aria-label={_("Next runs")}>
      <h3>{_("Next runs")}</h3>
      <ol>
        {data.times.slice(0, SHOWN).map((time) => (
          <li key={time}>
            <time dateTime={time}>{format.format(new Date(time))}</time>
          </li>
        ))}
      </ol>
      <p className="help">{_("In the time zone {zone}.", { zone: data.timezone })}</p>
    </section>
  );
}

/** The value once it has rested. */
function useCalm(value: Json): Json {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    if (same(calm, value)) return;
    const timer = setTimeout(() => setCalm(value), CALM_MS);
    return () => clearTimeout(timer);
  }, [calm, value]);
  return calm;
}
