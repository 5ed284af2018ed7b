// The timeline: how many services and pilots there are, and a mark for each thing that happened.

const TRACKS = [
  ["elections", ["election"]],
  ["champions", ["champion_left"]],
  ["backlash", ["backlash"]],
  ["services", ["structural", "service_ended"]],
  ["pilots", ["ended", "partly"]],
  ["councils", ["council_adopted", "council_lapsed", "nation_adopted", "nation_lapsed"]],
  ["visits", ["visited"]],
];
const CURVES = 84;
const LOW_CURVES = 62; // where all has to fit into one window
const NAMES = 46; // height of the names of curves where there is no room beside them
const AXIS = 22;
const LABELS = 170;
const EDGE = 14;
const YEAR = 12;

class Timeline {
  constructor(replay, look, say) {
    Object.assign(this, { replay, look, say, other: null, region: -1 });
    this.resize(300);
  }

  resize(width, low = false) {
    this.width = width;
    this.narrow = width < NARROW;
    this.left = this.narrow ? EDGE : LABELS;
    this.rowHeight = this.narrow ? 30 : low ? 16 : 18;
    this.curves = low ? LOW_CURVES : CURVES;
    this.top = this.narrow ? NAMES : 0;
    this.bottom = this.top + this.curves;
    this.height = this.bottom + TRACKS.length * this.rowHeight + AXIS;
  }

  x(position) {
    return this.left + (position / this.replay.months) * (this.width - this.left - EDGE);
  }

  /** The position nearest to a point. */
  positionAt(x) {
    const share = (x - this.left) / (this.width - this.left - EDGE);
    return Math.round(Math.min(1, Math.max(0, share)) * this.replay.months);
  }

  /** Pilots under way and services there at each position. */
  static course(replay) {
    const course = { pilots: [0], services: [0] };
    const { pilots, structural_ever, partly, pilots_ended, structural } = replay.series;
    for (let i = 0; i < replay.months; i++) {
      course.pilots.push(pilots[i] - structural_ever[i] - partly[i] - pilots_ended[i]);
      course.services.push(structural[i]);
    }
    return course;
  }

  draw(pen, scale) {
    const { look } = this;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.font = `12px ${look.font}`;
    this._drawAxis(pen);
    this._drawCurves(pen);
    this._drawChanges(pen);
    TRACKS.forEach(([name, kinds], row) => this._drawTrack(pen, name, kinds, row));
  }

  /** Draw where the picture stands. */
  drawHead(pen, time) {
    const x = this.x(time);
    path(pen, [[x, this.top + 4], [x, this.height - AXIS]], false);
    filled(pen, null, this.look.focus, 2);
    path(pen, [[x - 6, this.top], [x + 6, this.top], [x, this.top + 9]]);
    filled(pen, this.look.focus, this.look.paper, 1);
  }

  _drawAxis(pen) {
    const years = Math.ceil(this.replay.months / YEAR);
    const step = Math.max(1, Math.ceil(years / ((this.width - this.left) / 44)));
    pen.fillStyle = this.look.soft;
    pen.textBaseline = "top";
    pen.textAlign = "center";
    for (let year = 0; year <= years; year += step) {
      const x = this.x(Math.min(year * YEAR, this.replay.months));
      path(pen, [[x, this.top + 10], [x, this.height - AXIS]], false);
      filled(pen, null, this.look.grid, 1);
      if (year * YEAR <= this.replay.months) pen.fillText(String(year), x, this.height - AXIS + 5);
    }
    this._label(pen, this.say("axis"), this.height - AXIS + 5, true);
  }

  _label(pen, text, y, beside = false) {
    pen.fillStyle = this.look.ink;
    pen.textAlign = "left";
    if (!this.narrow) pen.fillText(text, 4, y, LABELS - 16);
    else if (!beside) pen.fillText(text, this.left, y, this.width - 2 * EDGE);
  }

  _drawCurves(pen) {
    const mine = Timeline.course(this.replay);
    const theirs = this.other ? Timeline.course(this.other) : null;
    const most = Math.max(4, ...mine.pilots, ...mine.services, ...(theirs ? [...theirs.pilots, ...theirs.services] : []));
    const y = (value) => this.bottom - 8 - (value / most) * (this.curves - 26);
    for (const value of [0, most]) {
      path(pen, [[this.left, y(value)], [this.width - EDGE, y(value)]], false);
      filled(pen, null, this.look.grid, 1);
    }
    pen.fillStyle = this.look.soft;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    if (!this.narrow) for (const value of [0, most]) pen.fillText(String(value), this.left - 5, y(value));
    if (theirs) {
      this._curve(pen, theirs.pilots, y, this.look.other, 1, [4, 3]);
      this._curve(pen, theirs.services, y, this.look.other, 1.3, []);
    }
    this._curve(pen, mine.pilots, y, this.look.pilotLine, 2, [4, 3]);
    this._curve(pen, mine.services, y, this.look.service, 3, []);
    this._curveLabels(pen);
  }

  _curveLabels(pen) {
    const rows = [["curve.services", this.look.service, 3, []], ["curve.pilots", this.look.pilotLine, 2, [4, 3]]];
    if (this.other) rows.push(["curve.other", this.look.other, 1.3, []]);
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    const begin = this.narrow ? this.left + 3 : 4;
    const room = (this.narrow ? this.width - EDGE : LABELS - 24) - begin - 25;
    rows.forEach(([key, colour, width, dashes], row) => {
      const y = this.narrow ? 8 + 15 * row : 0.21 * this.curves * (row + 1);
      const text = this.say(key);
      pen.setLineDash(dashes);
      path(pen, [[begin, y], [begin + 20, y]], false);
      filled(pen, null, colour, width);
      pen.setLineDash([]);
      pen.fillStyle = this.look.ink;
      pen.fillText(text, begin + 25, y, room);
    });
  }

  _curve(pen, values, y, colour, width, dashes) {
    pen.setLineDash(dashes);
    pen.beginPath();
    values.forEach((value, position) => {
      const x = this.x(position);
      if (position === 0) pen.moveTo(x, y(value));
      else {
        pen.lineTo(x, y(values[position - 1]));
        pen.lineTo(x, y(value));
      }
    });
    filled(pen, null, colour, width);
    pen.setLineDash([]);
  }

  _drawChanges(pen) {
    for (const [at, kind] of this.replay.marks) {
      if (kind !== "lever") continue;
      pen.setLineDash([5, 3]);
      path(pen, [[this.x(at), this.top + 10], [this.x(at), this.height - AXIS]], false);
      filled(pen, null, this.look.turn, 1.5);
      pen.setLineDash([]);
      GLYPHS.lever(pen, this.x(at), this.bottom - 8, 16, this.look);
    }
  }

  rowY(row) {
    return this.bottom + (row + 0.5) * this.rowHeight + (this.narrow ? 6 : 0);
  }

  _drawTrack(pen, name, kinds, row) {
    const y = this.rowY(row);
    pen.textBaseline = this.narrow ? "bottom" : "middle";
    path(pen, [[this.left, y], [this.width - EDGE, y]], false);
    filled(pen, null, this.look.grid, 1);
    this._label(pen, this.say(`track.${name}`), this.narrow ? y - 7 : y);
    for (const mark of this.replay.marks) {
      if (!kinds.includes(mark[1])) continue;
      pen.globalAlpha = this.region < 0 || mark[2] < 0 || mark[2] === this.region ? 1 : 0.2;
      GLYPHS[markGlyph(mark)](pen, this.x(mark[0]), y, 12, this.look);
    }
    pen.globalAlpha = 1;
  }

  /** The mark at a point, or null. */
  markAt(x, y) {
    const row = TRACKS.findIndex((_, i) => Math.abs(this.rowY(i) - y) <= this.rowHeight / 2);
    if (row < 0) return null;
    let found = null;
    let nearest = 11;
    for (const mark of this.replay.marks) {
      const away = Math.abs(this.x(mark[0]) - x);
      if (TRACKS[row][1].includes(mark[1]) && away < nearest) {
        nearest = away;
        found = mark;
      }
    }
    return found;
  }
}
