// The stage: where regions, tables and people are in the picture, in pixels.

const NAME_HEIGHT = 18;
const PAD = 6;
const SLOTS = 8;
const SLOT_STEP = 3;
const SLOT_RING = 0.32;
const INNER_RING = 0.2;
const TABLE_SIZE = 0.16;
const NARROW = 600;

class Stage {
  constructor(replay) {
    this.replay = replay;
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
    return TABLE_SIZE * this.radius;
  }

  /** Place of an initiative; the twin's stand half a place further round, a little outward. */
  table(replay, number, ghost = false) {
    const [cx, cy] = this.centre(replay.initiatives.region[number]);
    const slot = replay.initiatives.slot[number];
    const inner = slot >= SLOTS ? INNER_RING : SLOT_RING;
    const angle = (2 * Math.PI * ((slot * SLOT_STEP) % SLOTS)) / SLOTS + (ghost ? Math.PI / SLOTS : 0);
    const ringRadius = (ghost ? inner + 0.1 : inner) * this.radius;
    return [cx + ringRadius * Math.sin(angle), cy - ringRadius * Math.cos(angle)];
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
