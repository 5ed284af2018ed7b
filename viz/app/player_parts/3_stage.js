// The stage: where regions, tables and people are in the picture, in pixels.

const NAME_HEIGHT = 18;
const PAD = 6;
const SLOTS = 8;
const SLOT_STEP = 3;
const SLOT_RING = 0.32;
const TABLE_SIZE = 0.16;
const FIELD_FROM = 0.17;
const FIELD_TO = 0.47;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const NARROW = 600;

class Stage {
  constructor(replay, other) {
    this.replay = replay;
    const slots = [replay, other || replay].flatMap((world) => world.initiatives.slot);
    this.slots = slots.reduce((most, slot) => Math.max(most, slot + 1), 1);
    this.spacing = Math.sqrt((Math.PI * (FIELD_TO ** 2 - FIELD_FROM ** 2)) / this.slots);
    this.regions = replay.regions.names.length;
    this.focus = -1;
    this.resize(300, 1);
  }

  /** Fit the regions into a width and a greatest height, with as large a radius as possible. */
  resize(width, tallest) {
    this.width = width;
    const shown = this.focus < 0 ? this.regions : 1;
    let best = { radius: 0 };
    for (let columns = 1; columns <= shown; columns++) {
      const rows = Math.ceil(shown / columns);
      const room = Math.min(width / columns, tallest / rows - NAME_HEIGHT);
      if (room / 2 - PAD > best.radius) best = { radius: room / 2 - PAD, columns, rows };
    }
    this.radius = Math.max(10, best.radius);
    this.columns = best.columns || 1;
    this.rows = best.rows || shown;
    this.rowHeight = 2 * (this.radius + PAD) + NAME_HEIGHT;
    this.height = Math.ceil(this.rows * this.rowHeight);
    this._placePeople();
  }

  _placePeople() {
    const { x, y } = this.replay.people;
    this.homeX = new Float32Array(this.replay.count);
    this.homeY = new Float32Array(this.replay.count);
    for (let person = 0; person < this.replay.count; person++) {
      const [cx, cy] = this.centre(this.replay.regionOf[person]);
      this.homeX[person] = cx + (x[person] / 1000) * this.radius;
      this.homeY[person] = cy + (y[person] / 1000) * this.radius;
    }
    const most = this.replay.count / this.regions;
    this.dot = Math.min(5, Math.max(1.2, (this.radius * 0.28) / Math.sqrt(most)));
  }

  shows(region) {
    return this.focus < 0 || this.focus === region;
  }

  /** Centre of a region; rows run to and fro, so that regions which hear of each other are near. */
  centre(region) {
    if (this.focus >= 0) return [this.width / 2, this.rowHeight / 2 + NAME_HEIGHT / 2];
    const row = Math.floor(region / this.columns);
    const along = region % this.columns;
    const inRow = Math.min(this.columns, this.regions - row * this.columns);
    const column = row % 2 ? inRow - 1 - along : along;
    const x = (this.width / inRow) * (column + 0.5);
    return [x, (row + 0.5) * this.rowHeight + NAME_HEIGHT / 2];
  }

  get tableSize() {
    return Math.min(TABLE_SIZE, this.slots > SLOTS ? 0.8 * this.spacing : 1) * this.radius;
  }

  /** Place of an initiative; the twin's stand half a place further round, a little outward. */
  table(replay, number, ghost = false) {
    const [cx, cy] = this.centre(replay.initiatives.region[number]);
    const slot = replay.initiatives.slot[number];
    const [angle, away] = this.slots > SLOTS ? this._inField(slot, ghost) : this._onRing(slot, ghost);
    return [cx + away * this.radius * Math.sin(angle), cy - away * this.radius * Math.cos(angle)];
  }

  _onRing(slot, ghost) {
    const angle = (2 * Math.PI * ((slot * SLOT_STEP) % SLOTS)) / SLOTS;
    return ghost ? [angle + Math.PI / SLOTS, SLOT_RING + 0.1] : [angle, SLOT_RING];
  }

  /** Where there are many, they fill the field between council and professionals like the seeds of a sunflower. */
  _inField(slot, ghost) {
    const share = (slot + 0.5) / this.slots;
    const away = Math.sqrt(FIELD_FROM ** 2 + share * (FIELD_TO ** 2 - FIELD_FROM ** 2));
    return [slot * GOLDEN_ANGLE, ghost ? away + 0.5 * this.spacing : away];
  }

  /** Place of a seat at a table. */
  seat(stay) {
    const { initiative, seat } = this.replay.stays;
    const [x, y] = this.table(this.replay, initiative[stay]);
    const angle = (2 * Math.PI * seat[stay]) / this.replay.seats;
    const away = 0.5 * Math.max(8, this.tableSize) + 1.5 * this.dot + 2;
    return [x + away * Math.sin(angle), y - away * Math.cos(angle)];
  }

  /** The region at a point, or -1. */
  regionAt(x, y) {
    for (let region = 0; region < this.regions; region++) {
      if (!this.shows(region)) continue;
      const [cx, cy] = this.centre(region);
      if (Math.hypot(x - cx, y - cy) <= this.radius + PAD) return region;
    }
    return -1;
  }
}
