// A replay as the server packs it (see replay.py), with questions about any position. Position p is the state
// after p months; 0 is the start.

const STATE = {
  PROPOSED: 0, RECRUITING: 1, COCREATING: 2, DECIDED: 3, NO_AGREEMENT: 4, PILOTING: 5, STRUCTURAL: 6,
  PARTLY: 7, ENDED: 8,
};
const ROLE = { CITIZEN: 0, PROFESSIONAL: 1, POLITICIAN: 2 };
const FORMAT = 1;
const VOICE_STEPS = 5;
const VOICE_LASTS = 6;

/** Undo packed_pairs: the rise of the first number since the pair before, then the gap to the second. */
function unpackedPairs(flat) {
  const pairs = new Int32Array(flat.length);
  let first = 0;
  for (let i = 0; i < flat.length; i += 2) {
    first += flat[i];
    pairs[i] = first;
    pairs[i + 1] = first + flat[i + 1];
  }
  return pairs;
}

class Replay {
  constructor(text) {
    const content = JSON.parse(text);
    if (content.format !== FORMAT) throw new Error("unknown format of a replay");
    Object.assign(this, content);
    const first = content.regions.first;
    this.count = first[first.length - 1];
    this.role = Uint8Array.from(content.people.role, Number);
    this.hard = Uint8Array.from(content.people.hard, Number);
    this.regionOf = new Int32Array(this.count);
    for (let r = 0; r + 1 < first.length; r++) this.regionOf.fill(r, first[r], first[r + 1]);
    this.tables = content.initiatives.region.length;
    this.seats = Math.max(3, ...content.stays.seat.map((seat) => seat + 1));
    this._ties = new Map();
    this._indexStays();
    this._indexMeetings();
  }

  _indexStays() {
    this.staysOfTable = Array.from({ length: this.tables }, () => []);
    this.stays.person.forEach((_, stay) => this.staysOfTable[this.stays.initiative[stay]].push(stay));
  }

  _indexMeetings() {
    this.meetingsOf = Array.from({ length: this.tables }, () => []);
    for (let i = 0; i < this.meetings.length; i += 5) {
      const [at, table, speakers, users, officials] = this.meetings.slice(i, i + 5);
      this.meetingsOf[table].push({ at, speakers, users: users / 100, officials: officials / 100 });
    }
  }

  /** The last change of an initiative's state, as {at, state, reason}; null before its proposal. */
  stateAt(table, position) {
    const flat = this.initiatives.states[table];
    let found = null;
    for (let i = 0; i < flat.length && flat[i] <= position; i += 3) {
      found = { at: flat[i], state: flat[i + 1], reason: flat[i + 2] };
    }
    return found;
  }

  /** Stays that hold at a position, in the order in which they began. */
  staysAt(position) {
    const { from, to } = this.stays;
    const found = [];
    for (let stay = 0; stay < from.length && from[stay] <= position; stay++) {
      if (to[stay] > position) found.push(stay);
    }
    return found;
  }

  /** How somebody was last heard at a table, 1 for an equal share; null where it is not on record. */
  voiceAt(stay, position) {
    const { person, initiative, from, voice } = this.stays;
    if (this.role[person[stay]] !== ROLE.CITIZEN) {
      const meeting = this.meetingAt(initiative[stay], position);
      return meeting && meeting.at >= from[stay] ? meeting.officials : null;
    }
    const last = position - from[stay];
    for (let i = Math.min(last, voice[stay].length - 1); i >= Math.max(0, last - VOICE_LASTS); i--) {
      if (voice[stay][i] !== ".") return parseInt(voice[stay][i], 36) / VOICE_STEPS;
    }
    return null;
  }

  /** The last meeting of a table in the past half year, or null. */
  meetingAt(table, position) {
    const held = this.meetingsOf[table];
    for (let i = held.length - 1; i >= 0; i--) {
      if (held[i].at <= position) return held[i].at >= position - VOICE_LASTS ? held[i] : null;
    }
    return null;
  }

  /** Standing ties as drawn last: {from, layers: {name: pairs}, roads}. */
  tiesAt(position) {
    let drawn = this.ties[0];
    for (const one of this.ties) if (one.from <= position) drawn = one;
    if (!this._ties.has(drawn)) {
      const layers = {};
      for (const [name, flat] of Object.entries(drawn.layers)) layers[name] = unpackedPairs(flat);
      this._ties.set(drawn, { from: drawn.from, layers, roads: unpackedPairs(drawn.roads) });
    }
    return this._ties.get(drawn);
  }

  /** Close bonds at a position, as pairs of people. */
  bondsAt(position) {
    return this.bonds.filter((bond) => bond[2] <= position && bond[3] > position);
  }

  /** How many tables, pilots and services there are at a position, in one region or in all (-1). */
  countsAt(position, region = -1) {
    const counts = { tables: 0, pilots: 0, services: 0 };
    for (let table = 0; table < this.tables; table++) {
      const now = this.stateAt(table, position);
      if (!now || (region >= 0 && this.initiatives.region[table] !== region)) continue;
      if (now.state <= STATE.NO_AGREEMENT) counts.tables++;
      else if (now.state === STATE.PILOTING) counts.pilots++;
      else if (now.state === STATE.STRUCTURAL) counts.services++;
    }
    return counts;
  }

  marksAt(position) {
    return this.marks.filter((mark) => mark[0] === position);
  }

  /** The nearest position with a mark before or after a position; the end of the run where there is none. */
  markBeside(position, direction) {
    const places = this.marks.map((mark) => mark[0]);
    if (direction > 0) return Math.min(this.months, ...places.filter((place) => place > position));
    return Math.max(0, ...places.filter((place) => place < position));
  }

  /** Whether some region's council, by its number, holds to the principles at a position. */
  councilHolds(region, position) {
    let holds = false;
    for (const [at, kind, where] of this.marks) {
      if (at > position) break;
      if (where !== region) continue;
      if (kind === "council_adopted") holds = true;
      else if (kind === "council_lapsed") holds = false;
    }
    return holds;
  }

  /** An outcome at a position; null at the start and where there is nothing to take it from. */
  outcomeAt(name, position) {
    return position > 0 ? this.series[name][position - 1] : null;
  }
}
