// DateTime with the part of Luxon's API that code nodes use most, in UTC.
(() => {
  "use strict";
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  const SIZES = { weeks: 604800000, days: 86400000, hours: 3600000, minutes: 60000, seconds: 1000, milliseconds: 1 };
  const plural = (unit) => (String(unit).toLowerCase().endsWith("s") ? String(unit).toLowerCase() : `${String(unit).toLowerCase()}s`);
  const pad = (value, size = 2) => String(value).padStart(size, "0");

  class DateTime {
    constructor(ms) { this.ms = ms; this.date = new Date(ms); }
    static now() { return new DateTime(Date.now()); }
    static utc() { return DateTime.now(); }
    static local() { return DateTime.now(); }
    static fromISO(text) { return new DateTime(Date.parse(/[Zz]|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`)); }
    static fromMillis(ms) { return new DateTime(Number(ms)); }
    static fromSeconds(seconds) { return new DateTime(Number(seconds) * 1000); }
    static fromJSDate(date) { return new DateTime(date.getTime()); }
    get isValid() { return !Number.isNaN(this.ms); }
    get year() { return this.date.getUTCFullYear(); }
    get month() { return this.date.getUTCMonth() + 1; }
    get day() { return this.date.getUTCDate(); }
    get hour() { return this.date.getUTCHours(); }
    get minute() { return this.date.getUTCMinutes(); }
    get second() { return this.date.getUTCSeconds(); }
    get millisecond() { return this.date.getUTCMilliseconds(); }
    get weekday() { return ((this.date.getUTCDay() + 6) % 7) + 1; }
    get ts() { return this.ms; }
    shift(amounts, sign) {
      const moved = new Date(this.ms);
      let rest = 0;
      for (const [unit, amount] of Object.entries(amounts)) {
        const name = plural(unit);
        const count = sign * Number(amount);
        if (name === "years" || name === "months" || name === "quarters") {
          const months = count * (name === "years" ? 12 : name === "quarters" ? 3 : 1);
          const day = moved.getUTCDate();
          moved.setUTCDate(1);
          moved.setUTCMonth(moved.getUTCMonth() + months);
          moved.setUTCDate(Math.min(day, new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()));
        } else if (name in SIZES) rest += count * SIZES[name];
        else throw new Error(`There is no unit of time ${unit}`);
      }
      return new DateTime(moved.getTime() + rest);
    }
    plus(amounts, unit) { return this.shift(typeof amounts === "number" ? { [unit || "milliseconds"]: amounts } : amounts, 1); }
    minus(amounts, unit) { return this.shift(typeof amounts === "number" ? { [unit || "milliseconds"]: amounts } : amounts, -1); }
    startOf(unit) {
      const name = plural(unit);
      if (name === "weeks") return this.startOf("day").minus({ days: this.weekday - 1 });
      const order = ["years", "months", "days", "hours", "minutes", "seconds"];
      const at = order.indexOf(name);
      const fields = [this.year, this.month - 1, this.day, this.hour, this.minute, this.second];
      return new DateTime(Date.UTC(...fields.map((value, index) => (index <= at ? value : index === 2 ? 1 : 0))));
    }
    endOf(unit) { return this.startOf(unit).plus({ [plural(unit)]: 1 }).minus({ milliseconds: 1 }); }
    setZone() { return this; }
    toUTC() { return this; }
    diff(other, unit = "milliseconds") {
      const ms = this.ms - (other instanceof DateTime ? other.ms : new Date(other).getTime());
      const name = plural(Array.isArray(unit) ? unit[0] : unit);
      const as = (wanted) => ms / (SIZES[plural(wanted)] || (plural(wanted) === "months" ? 2592000000 : 31536000000));
      return { [name]: as(name), as, milliseconds: ms, toMillis: () => ms, toObject: () => ({ [name]: as(name) }) };
    }
    toMillis() { return this.ms; }
    toSeconds() { return this.ms / 1000; }
    toJSDate() { return new Date(this.ms); }
    valueOf() { return this.ms; }
    toISO() { return this.isValid ? this.date.toISOString() : null; }
    toJSON() { return this.toISO(); }
    toString() { return String(this.toISO()); }
    toISODate() { return this.toFormat("yyyy-MM-dd"); }
    toISOTime() { return this.toISO().split("T")[1]; }
    toFormat(pattern) {
      const parts = {
        yyyy: pad(this.year, 4), yy: pad(this.year % 100), LLLL: MONTHS[this.month - 1], MMMM: MONTHS[this.month - 1],
        LLL: MONTHS[this.month - 1].slice(0, 3), MMM: MONTHS[this.month - 1].slice(0, 3), LL: pad(this.month), MM: pad(this.month),
        L: this.month, M: this.month, dd: pad(this.day), d: this.day, cccc: DAYS[this.weekday - 1], EEEE: DAYS[this.weekday - 1],
        ccc: DAYS[this.weekday - 1].slice(0, 3), EEE: DAYS[this.weekday - 1].slice(0, 3), HH: pad(this.hour), H: this.hour,
        hh: pad(this.hour % 12 || 12), h: this.hour % 12 || 12, mm: pad(this.minute), m: this.minute, ss: pad(this.second), s: this.second,
        SSS: pad(this.millisecond, 3), a: this.hour < 12 ? "AM" : "PM", ZZ: "+00:00", Z: "+0",
      };
      return String(pattern).replace(/'([^']*)'|([a-zA-Z])\2*/g, (token, quoted) => (quoted !== undefined ? quoted : token in parts ? parts[token] : token));
    }
  }
  globalThis.DateTime = DateTime;
})();
