/** A moment as people say it; in full for the pointer. The page's clock keeps it in step (`shell/relative-time.ts`). */
import { useEffect, useRef } from "react";
import { language } from "../lib/i18n";
import { showRelativeTimes } from "../shell/relative-time";

export function Moment({ value }: { readonly value: string }) {
  const place = useRef<HTMLElement>(null);
  const full = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(value));
  useEffect(() => {
    if (place.current?.parentElement) showRelativeTimes(place.current.parentElement);
  }, [value]);
  return (
    <time ref={place as never} dateTime={value} title={full} data-relative="">
      {full}
    </time>
  );
}
