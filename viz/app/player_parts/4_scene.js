// The picture of regions at a moment. What does not move within a month is painted once and kept.

const FADING = 12;
const EVENT_SIZE = 14;
const SMALL_EVENT = 7;
const MANY = 600;

function eased(share) {
  const late = Math.min(1, Math.max(0, (share - 0.25) / 0.75));
  return late * late * (3 - 2 * late);
}

class Scene {
  constructor(stage, look) {
    this.stage = stage;
    this.look = look;
    this.layers = new Set(["initiatives"]);
    this.picked = null;
    this.other = null;
    this.nameOf = (region) => this.replay.regions.names[region];
    this.ground = document.createElement("canvas");
    this.forget();
  }

  get replay() {
    return this.stage.replay;
  }

  /** Throw away what was kept, after a change of size, look, layers or region. */
  forget() {
    this.groundAt = -1;
  }

  /** Paint a moment: the month that has passed, and the way to the next one. */
  draw(pen, time, scale) {
    const position = Math.floor(time);
    this._settle(position);
    if (this.groundAt !== position) this._paintGround(position, scale);
    if (!this.ground.width || !this.ground.height) return; // not laid out yet
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, this.stage.width, this.stage.height);
    pen.drawImage(this.ground, 0, 0, this.stage.width, this.stage.height);
    this._paintVisits(pen, position);
    if (this.other) this._paintTables(pen, this.other, time, this.look.twin, true);
    this._paintTables(pen, this.replay, time, this.look, false);
    this._place(time - position);
    this._paintSecondSeats(pen);
    this._paintMovers(pen);
    this._paintEvents(pen, time, position);
    this._paintPicked(pen, position);
  }

  /** Work out who sits where at a position and at the next one. */
  _settle(position) {
    if (this.settledAt === position && this.settledFor === this.replay) return;
    this.settledAt = position;
    this.settledFor = this.replay;
    this.now = this.replay.staysAt(position);
    this.seatNow = this._mainSeats(this.now);
    this.seatNext = this._mainSeats(this.replay.staysAt(position + 1));
    this.movers = [...new Set([...this.seatNow.keys(), ...this.seatNext.keys()])];
    this.groundAt = -1;
  }

  _mainSeats(stays) {
    const seats = new Map();
    for (const stay of stays) seats.set(this.replay.stays.person[stay], stay);
    return seats;
  }

  _placeOf(person, seats) {
    const stay = seats.get(person);
    if (stay === undefined) return [this.stage.homeX[person], this.stage.homeY[person]];
    return this.stage.seat(stay);
  }

  _place(share) {
    const way = eased(share);
    this.places = new Map();
    for (const person of this.movers) {
      const [x, y] = this._placeOf(person, this.seatNow);
      const [u, v] = this._placeOf(person, this.seatNext);
      this.places.set(person, [x + way * (u - x), y + way * (v - y)]);
    }
  }

  /** Where somebody is in the picture that was painted last. */
  placeOf(person) {
    return this.places.get(person) || [this.stage.homeX[person], this.stage.homeY[person]];
  }

  // --- what stays for a month ---------------------------------------------------------------------

  _paintGround(position, scale) {
    this.groundAt = position;
    const { stage, ground } = this;
    ground.width = Math.round(stage.width * scale);
    ground.height = Math.round(stage.height * scale);
    const pen = ground.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const ties = this.replay.tiesAt(position);
    if (stage.focus < 0) this._paintRoads(pen, ties.roads);
    for (let region = 0; region < stage.regions; region++) {
      if (stage.shows(region)) this._paintRegion(pen, region, position);
    }
    this._paintTies(pen, ties.layers, position);
    this._paintHomes(pen);
  }

  _paintRoads(pen, roads) {
    pen.beginPath();
    for (let i = 0; i < roads.length; i += 2) {
      pen.moveTo(...this.stage.centre(roads[i]));
      pen.lineTo(...this.stage.centre(roads[i + 1]));
    }
    filled(pen, null, this.look.road, 1.5);
  }

  _paintRegion(pen, region, position) {
    const { stage, look } = this;
    const [x, y] = stage.centre(region);
    const holds = this.replay.councilHolds(region, position);
    ring(pen, x, y, stage.radius);
    filled(pen, look.region, holds ? look.council : look.line, holds ? 3 : 1);
    if (holds) {
      ring(pen, x, y, stage.radius - 4);
      filled(pen, null, look.council, 1);
    }
    pen.fillStyle = look.ink;
    pen.font = `600 12px ${look.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    pen.fillText(this.nameOf(region), x, y - stage.radius - 6, 2 * stage.radius);
  }

  _paintTies(pen, layers, position) {
    const { stage } = this;
    for (const [name, pairs] of Object.entries(layers)) {
      if (this.layers.has(name)) this._paintPairs(pen, pairs, this.look.tie[name], 0.6);
    }
    if (this.layers.has("initiatives")) {
      const bonds = this.replay.bondsAt(position).flatMap((bond) => bond.slice(0, 2));
      this._paintPairs(pen, bonds, this.look.tie.initiatives, stage.focus < 0 && bonds.length > MANY ? 0.35 : 0.8);
    }
  }

  _paintPairs(pen, pairs, colour, width) {
    const { stage } = this;
    pen.beginPath();
    for (let i = 0; i < pairs.length; i += 2) {
      if (!stage.shows(this.replay.regionOf[pairs[i]])) continue;
      pen.moveTo(stage.homeX[pairs[i]], stage.homeY[pairs[i]]);
      pen.lineTo(stage.homeX[pairs[i + 1]], stage.homeY[pairs[i + 1]]);
    }
    filled(pen, null, colour, width);
  }

  _paintHomes(pen) {
    const { replay, stage } = this;
    const away = new Set(this.movers);
    pen.globalAlpha = 0.75;
    for (let kind = 0; kind < PEOPLE.length; kind++) {
      pen.beginPath();
      for (let person = 0; person < replay.count; person++) {
        if (kindOfPerson(replay, person) !== kind || away.has(person)) continue;
        if (!stage.shows(replay.regionOf[person])) continue;
        personPath(pen, ROLE_OF_KIND[kind], stage.homeX[person], stage.homeY[person], stage.dot);
      }
      paintPeople(pen, kind, this.look, null);
    }
    pen.globalAlpha = 1;
  }

  // --- what moves ---------------------------------------------------------------------------------

  _paintTables(pen, replay, time, look, ghost) {
    const { stage } = this;
    const size = stage.tableSize;
    for (let table = 0; table < replay.tables; table++) {
      const region = replay.initiatives.region[table];
      if (region >= stage.regions || !stage.shows(region)) continue;
      const now = replay.stateAt(table, Math.floor(time));
      if (!now) continue;
      const over = now.state === STATE.ENDED || now.state === STATE.PARTLY;
      if (over && (time - now.at >= FADING || ghost)) continue;
      if (ghost && now.state < STATE.COCREATING) continue;
      const [x, y] = stage.table(replay, table, ghost);
      const meeting = replay.meetingAt(table, Math.floor(time));
      pen.globalAlpha = over ? 1 - (time - now.at) / FADING : 1;
      INITIATIVE[now.state](pen, x, y, Math.max(8, ghost ? 0.8 * size : size), look, meeting ? meeting.users : null);
    }
    pen.globalAlpha = 1;
  }

  _paintSecondSeats(pen) {
    pen.beginPath();
    for (const stay of this.now) {
      const person = this.replay.stays.person[stay];
      if (this.seatNow.get(person) === stay || !this.stage.shows(this.replay.regionOf[person])) continue;
      pen.moveTo(...this.placeOf(person));
      pen.lineTo(...this.stage.table(this.replay, this.replay.stays.initiative[stay]));
    }
    filled(pen, null, this.look.soft, 0.8);
  }

  _paintMovers(pen) {
    const { replay, stage } = this;
    for (let kind = 0; kind < PEOPLE.length; kind++) {
      pen.beginPath();
      for (const person of this.movers) {
        if (kindOfPerson(replay, person) !== kind || !stage.shows(replay.regionOf[person])) continue;
        const [x, y] = this.placeOf(person);
        personPath(pen, ROLE_OF_KIND[kind], x, y, this._sizeOf(person));
      }
      paintPeople(pen, kind, this.look, this.look.paper);
    }
  }

  /** Radius of somebody at a table: by how they were heard when the table last met. */
  _sizeOf(person) {
    const stay = this.seatNow.get(person);
    if (stay === undefined) return this.stage.dot;
    const voice = this.replay.voiceAt(stay, this.settledAt);
    return this.stage.dot * (voice === null ? 1 : Math.max(0.7, Math.min(2.2, 1.2 * Math.sqrt(voice))));
  }

  _paintVisits(pen, position) {
    if (this.stage.focus >= 0) return;
    for (const [, kind, region, , source] of this.replay.marksAt(position)) {
      if (kind !== "visited") continue;
      const [x, y] = this.stage.centre(this.replay.initiatives.region[source]);
      const [u, v] = this.stage.centre(region);
      pen.setLineDash([6, 4]);
      path(pen, [[x, y], [u, v]], false);
      filled(pen, null, this.look.ink, 2);
      pen.setLineDash([]);
    }
  }

  _paintEvents(pen, time, position) {
    const size = Math.min(EVENT_SIZE, SMALL_EVENT + 0.06 * this.stage.radius);
    pen.globalAlpha = 1 - 0.6 * (time - position);
    for (const mark of this.replay.marksAt(position)) {
      const [, kind, region, initiative] = mark;
      if (region < 0 || kind === "lever" || kind === "visited" || !this.stage.shows(region)) continue;
      const there = initiative >= 0 ? this.stage.table(this.replay, initiative) : this.stage.centre(region);
      if (initiative >= 0) there[1] -= 0.9 * this.stage.tableSize + 4;
      ring(pen, ...there, 0.75 * size);
      filled(pen, this.look.paper, this.look.ink, 1.5);
      GLYPHS[markGlyph(mark)](pen, ...there, 0.8 * size, this.look);
    }
    pen.globalAlpha = 1;
  }

  // --- who is picked ------------------------------------------------------------------------------

  _paintPicked(pen, position) {
    if (!this.picked) return;
    const { kind, index } = this.picked;
    const region = kind === "person" ? this.replay.regionOf[index] : this.replay.initiatives.region[index];
    if (!this.stage.shows(region) || (kind === "initiative" && !this._isThere(index, position))) return;
    const [x, y] = kind === "person" ? this.placeOf(index) : this.stage.table(this.replay, index);
    const others = kind === "person" ? this._tiesOf(index, position) : this._members(index);
    pen.beginPath();
    for (const other of others) {
      pen.moveTo(x, y);
      pen.lineTo(...this.placeOf(other));
    }
    filled(pen, null, this.look.focus, 1);
    const size = kind === "person" ? 2.2 * this.stage.dot + 3 : 0.9 * this.stage.tableSize + 3;
    ring(pen, x, y, size);
    filled(pen, null, this.look.paper, 5);
    ring(pen, x, y, size);
    filled(pen, null, this.look.focus, 2.5);
  }

  _members(table) {
    const { person } = this.replay.stays;
    return this.replay.staysOfTable[table].filter((stay) => this.now.includes(stay)).map((stay) => person[stay]);
  }

  _tiesOf(person, position) {
    const found = new Set();
    const lists = [...Object.values(this.replay.tiesAt(position).layers)];
    lists.push(this.replay.bondsAt(position).flatMap((bond) => bond.slice(0, 2)));
    for (const pairs of lists) {
      for (let i = 0; i < pairs.length; i += 2) {
        if (pairs[i] === person) found.add(pairs[i + 1]);
        else if (pairs[i + 1] === person) found.add(pairs[i]);
      }
    }
    return found;
  }

  /** What is at a point: {kind, index} of an initiative or a person, or null. */
  at(x, y) {
    const position = this.settledAt;
    const near = { kind: null, index: -1, away: Math.max(8, 0.7 * this.stage.tableSize) };
    for (let table = 0; table < this.replay.tables; table++) {
      const region = this.replay.initiatives.region[table];
      if (!this.stage.shows(region) || !this._isThere(table, position)) continue;
      const [u, v] = this.stage.table(this.replay, table);
      this._closer(near, "initiative", table, Math.hypot(u - x, v - y));
    }
    if (!near.kind) near.away = 10;
    else near.away = Math.min(near.away, 0.45 * this.stage.tableSize);
    for (let person = 0; person < this.replay.count; person++) {
      if (!this.stage.shows(this.replay.regionOf[person])) continue;
      const [u, v] = this.placeOf(person);
      this._closer(near, "person", person, Math.hypot(u - x, v - y));
    }
    return near.kind ? { kind: near.kind, index: near.index } : null;
  }

  /** Whether an initiative has a sign in the picture at a position. */
  _isThere(table, position) {
    const now = this.replay.stateAt(table, position);
    return now !== null && (now.state < STATE.PARTLY || position - now.at < FADING);
  }

  _closer(near, kind, index, away) {
    if (away < near.away) Object.assign(near, { kind, index, away });
  }
}
