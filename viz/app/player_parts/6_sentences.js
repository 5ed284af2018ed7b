// Sentences for what the picture shows, put together from the texts of a language.

const MOST_TOLD = 4;

class Texts {
  constructor(labels) {
    this.labels = labels;
    this.numbers = new Intl.NumberFormat(labels.locale || "en");
    this.shares = new Intl.NumberFormat(labels.locale || "en", { style: "percent" });
  }

  /** Return a text with its places filled in; numbers are written as the language writes them. */
  say(key, values = {}) {
    const template = this.labels[key] === undefined ? key : this.labels[key];
    return template.replace(/\{(\w+)\}/g, (whole, name) => {
      if (!(name in values)) return whole;
      return typeof values[name] === "number" ? this.numbers.format(values[name]) : values[name];
    });
  }

  when(position) {
    if (position === 0) return this.say("start");
    const year = Math.floor((position - 1) / YEAR) + 1;
    return this.say("when", { year: String(year), month: this.labels[`month.${(position - 1) % YEAR}`] });
  }

  region(replay, region) {
    return this.say("region", { name: replay.regions.names[region] });
  }

  /** What a mark says, without where. */
  mark(replay, mark) {
    const [at, kind, , initiative, detail] = mark;
    if (kind === "lever") return this._changes(replay, at);
    const key = kind === "election" && detail === 1 ? "mark.election_turn" : `mark.${kind}`;
    const there = kind === "visited" ? replay.initiatives.region[detail] : 0;
    const reason = this.labels[`reason.${detail}`] || "";
    return this.say(key, { initiative: String(initiative), reason, source: replay.regions.names[there] });
  }

  _changes(replay, at) {
    const due = replay.changes.filter(([month]) => month + 1 === at);
    return due
      .map(([, lever, value]) => this.say("mark.lever", { lever: this.say(`lever.${lever}`), value: this._value(lever, value) }))
      .join("; ");
  }

  /** What a value of a lever is called: a number stays one, a choice has a name. */
  _value(lever, value) {
    return typeof value === "number" ? value : this.say(`choice.${lever}.${value}`);
  }

  /** What a mark says, with where. */
  placed(replay, mark) {
    const text = this.mark(replay, mark);
    return mark[2] < 0 ? text : this.say("placed", { region: this.region(replay, mark[2]), text });
  }

  /** What the picture shows at a position, in a few sentences. */
  sentence(replay, other, position, region = -1) {
    const where = region < 0 ? [] : [`${this.region(replay, region)}.`];
    const parts = [`${this.when(position)}.`, ...where, this.say("counts", replay.countsAt(position, region))];
    if (other) parts.push(this.say("counts_other", other.countsAt(position, region)));
    const marks = this._distinct(replay.marksAt(position), region);
    for (const mark of marks.slice(0, MOST_TOLD)) parts.push(`${this.placed(replay, mark)}.`);
    if (marks.length > MOST_TOLD) parts.push(this.say("more", { count: marks.length - MOST_TOLD }));
    return parts.join(" ");
  }

  /** Marks to tell: those of a region, and all changes of levers of a month as one. */
  _distinct(marks, region) {
    const lever = marks.findIndex((mark) => mark[1] === "lever");
    return marks.filter(
      (mark, i) => (mark[1] !== "lever" || i === lever) && (region < 0 || mark[2] < 0 || mark[2] === region),
    );
  }

  /** Who or what is picked, and how things stand there. */
  picked(replay, picked, position) {
    if (!picked) return this.say("picked.nothing");
    if (picked.kind === "initiative") return this._initiative(replay, picked.index, position);
    const kind = PEOPLE[kindOfPerson(replay, picked.index)];
    const tables = replay.staysAt(position).filter((stay) => replay.stays.person[stay] === picked.index);
    const parts = [
      this.say("picked.person", {
        kind: this.say(`person.${kind}`),
        number: String(picked.index),
        region: this.region(replay, replay.regionOf[picked.index]),
      }),
    ];
    for (const stay of tables) {
      const number = String(replay.stays.initiative[stay]);
      const voice = replay.voiceAt(stay, position);
      const key = voice === null ? "picked.sits" : "picked.heard";
      parts.push(this.say(key, { initiative: number, voice: voice === null ? "" : this.shares.format(voice) }));
    }
    if (!tables.length) parts.push(this.say("picked.home"));
    return parts.join(" ");
  }

  _initiative(replay, table, position) {
    const now = replay.stateAt(table, position);
    const sector = replay.initiatives.sector[table];
    const parts = [
      this.say("picked.initiative", {
        number: String(table),
        region: this.region(replay, replay.initiatives.region[table]),
        sector: this.labels[`sector.${sector}`] || this.say("sector.further", { number: String(sector + 1) }),
      }),
    ];
    if (!now) return [...parts, this.say("picked.not_yet")].join(" ");
    parts.push(this.say("picked.state", { state: this.say(`state.${now.state}`), when: this.when(now.at) }));
    const reason = this.labels[`reason.${now.reason}`];
    if (now.state === STATE.ENDED && reason) parts.push(this.say("picked.because", { reason }));
    const meeting = replay.meetingAt(table, position);
    if (meeting && now.state <= STATE.PILOTING) {
      parts.push(this.say("picked.meeting", { people: meeting.speakers, share: this.shares.format(meeting.users) }));
    }
    return parts.join(" ");
  }
}
