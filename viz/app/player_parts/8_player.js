// The player: holds the moment, and brings picture, timeline, controls and sentences in line with it.

const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const PAPER = window.matchMedia("print"); // which is light, whatever the theme
const SAID_EVERY = 4000;
const LONGEST_FRAME = 0.25;
const USUAL_FONT = 16; // pixels of a letter for which the pictures are laid out; with larger ones they grow alike
const LOWEST = 170; // of the picture of the regions, however low the window
const THUMB = 8; // half of the handle of the slider of months

class Player {
  constructor(model, element) {
    this.model = model;
    this.root = make("section", { class: "ccp-player" });
    element.append(this.root);
    this.time = 0;
    this.speed = 6;
    this.playing = false;
    this.frames = 0;
    this.root.player = this;
    this.stops = [];
    this._listen();
    this.rebuild();
  }

  // --- life of the widget -------------------------------------------------------------------------

  _listen() {
    const on = (target, name, act) => {
      target.addEventListener(name, act);
      this.stops.push(() => target.removeEventListener(name, act));
    };
    for (const name of ["replay", "other", "labels", "colours"]) this._follow(name, () => this._rebuildSoon());
    this._follow("plays", () => this._playFrom(this.model.get("month")));
    this._follow("theme", () => this.restyle());
    this._follow("month", () => this._jumpTo(this.model.get("month")));
    this._follow("picked", () => this._showPicked(this.model.get("picked")));
    on(DARK, "change", () => this.restyle());
    on(PAPER, "change", () => this.restyle());
    on(STILL, "change", () => this.rebuild());
    on(window, "resize", () => this._fit());
    on(this.root, "keydown", (event) => this._key(event));
    const observer = new ResizeObserver(() => this._fit());
    observer.observe(this.root);
    this.stops.push(() => observer.disconnect());
  }

  _follow(name, act) {
    this.model.on(`change:${name}`, act);
    this.stops.push(() => this.model.off(`change:${name}`, act));
  }

  destroy() {
    this.pause();
    this.stops.forEach((stop) => stop());
    this.root.remove();
  }

  /** Several values that change together rebuild the page once. */
  _rebuildSoon() {
    if (this.soon) return;
    this.soon = true;
    queueMicrotask(() => {
      this.soon = false;
      this.rebuild();
    });
  }

  // --- building -----------------------------------------------------------------------------------

  /** Read the world, the twin and the texts anew, and build the page around them. */
  rebuild() {
    this.pause();
    const kept = this._view();
    this.texts = new Texts(this.model.get("labels"));
    const text = this.model.get("replay");
    this.root.replaceChildren();
    this.root.setAttribute("aria-label", this.texts.say("title"));
    this.replay = null;
    if (!text) {
      this.root.append(make("p", { text: this.texts.say("nothing") }));
      return;
    }
    this.replay = new Replay(text);
    this.other = this.model.get("other") ? new Replay(this.model.get("other")) : null;
    this.time = Math.min(this.replay.months, Math.max(0, this.model.get("month")));
    this._makeStage();
    this.controls = new Controls(this.texts, this.replay, this._acts());
    this._assemble();
    this._restore(kept);
    this.restyle();
    this._showPicked(this.model.get("picked"));
  }

  /** What a visitor has set, to be the same in the next world. */
  _view() {
    if (!this.replay) return null;
    return { region: this.stage.focus, layers: this.scene.layers, key: this.keyBox.open, table: this.tableBox.open };
  }

  _restore(kept) {
    this.controls.speed.select.value = String(this.speed);
    if (!kept) return;
    this.scene.layers = kept.layers;
    this.controls.checkLayers(kept.layers);
    this.keyBox.open = kept.key;
    this.tableBox.open = kept.table;
    const region = kept.region < this.stage.regions ? kept.region : -1;
    this.stage.focus = this.timeline.region = region;
    this.controls.region.select.value = String(region);
  }

  _makeStage() {
    this.stage = new Stage(this.replay, this.other);
    this.scene = new Scene(this.stage, {});
    this.scene.other = this.other;
    this.scene.nameOf = (region) => this.texts.region(this.replay, region);
    this.timeline = new Timeline(this.replay, {}, (key, values) => this.texts.say(key, values));
    this.timeline.other = this.other;
    this.picture = make("canvas", { role: "img", class: "ccp-picture", onclick: (event) => this._click(event) });
    this.line = make("canvas", { role: "img", class: "ccp-line", "aria-label": this.texts.say("timeline") });
    this.line.addEventListener("pointerdown", (event) => this._drag(event));
    this.line.addEventListener("pointermove", (event) => event.buttons && this._drag(event));
    this.lineGround = document.createElement("canvas");
  }

  _acts() {
    return {
      play: () => (this.playing ? this.pause() : this.play()),
      step: (months) => this.seek(Math.round(this.time) + months),
      mark: (direction) => this.seek(this.replay.markBeside(Math.round(this.time), direction)),
      seek: (position) => this.seek(position),
      speed: (rate) => (this.speed = rate),
      region: (region) => this.look(region),
      layer: (name, shown) => this._layer(name, shown),
      pick: (picked) => this.pick(picked),
    };
  }

  _assemble() {
    const { controls, texts } = this;
    const more = (key, fill) => {
      const box = make("details", { class: "ccp-more", ontoggle: () => fill(box) }, make("summary", { text: texts.say(key) }));
      return box;
    };
    this.sentence = make("p", { class: "ccp-sentence" });
    this.live = make("p", { class: "ccp-unseen", "aria-live": "polite" });
    this.story = make("p", { class: "ccp-picked", "aria-live": "polite" });
    this.keyBox = more("key", (box) => this._fill(box, () => controls.key(this.palette)));
    this.tableBox = more("table", (box) => this._fill(box, () => controls.table(this.other, (at) => this.seek(at))));
    const stage = make("div", { class: "ccp-stage", tabindex: 0, role: "group", "aria-label": texts.say("keys") }, this.picture);
    const choices = make("div", { class: "ccp-choices" }, controls.region.box, controls.pick.box);
    if (!STILL.matches) choices.append(controls.speed.box);
    else controls.buttons.append(make("p", { class: "ccp-note", text: texts.say("still") }));
    controls.play.hidden = STILL.matches;
    this.root.append(this.sentence, this.live, stage, controls.buttons, controls.scrubBox, this.line, choices,
      this.story, controls.layers, this.keyBox, this.tableBox);
  }

  _fill(box, content) {
    if (!box.open) return;
    while (box.children.length > 1) box.lastChild.remove();
    box.append(content());
  }

  /** Take the colours of the theme. */
  restyle() {
    if (!this.replay) return;
    const theme = PAPER.matches ? "light" : this.model.get("theme");
    const name = theme === "light" || theme === "dark" ? theme : DARK.matches ? "dark" : "light";
    const colours = this.model.get("colours")[name];
    for (const [key, value] of Object.entries(colours)) this.root.style.setProperty(`--ccp-${key.replace("_", "-")}`, value);
    this.root.dataset.theme = name;
    this.palette = paletteOf(colours, getComputedStyle(this.root).fontFamily);
    this.scene.look = this.timeline.look = this.palette;
    this._fill(this.keyBox, () => this.controls.key(this.palette));
    this.resize();
  }

  /** Lay the pictures out anew, once, where what they were laid out for has changed: window and page both tell it. */
  _fit() {
    if (this._room() !== this.room) this.resize();
  }

  _room() {
    return [this.root.clientWidth, this.root.clientHeight, window.innerHeight, window.devicePixelRatio].join(" ");
  }

  /** Lay the pictures out anew: in units that are pixels at the usual size of letters, and grow with it. */
  resize() {
    const pixels = Math.floor(this.root.clientWidth);
    if (!this.replay || !pixels) return;
    this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_FONT || 1;
    this.scale = (window.devicePixelRatio || 1) * this.unit;
    const width = pixels / this.unit;
    const low = getComputedStyle(this.root).getPropertyValue("--ccp-fit").trim() === "window";
    this.timeline.resize(width, low);
    const usual = width < NARROW ? 1.3 * width : Math.max(360, Math.min(640, 0.52 * width));
    const tallest = low ? Math.min(usual, Math.max(LOWEST, this._roomLeft())) : usual;
    this.stage.resize(width, this.stage.focus < 0 ? tallest : Math.min(tallest, width + 20));
    for (const [canvas, size] of [[this.picture, this.stage], [this.line, this.timeline], [this.lineGround, this.timeline]]) {
      canvas.width = Math.round(width * this.scale);
      canvas.height = Math.round(size.height * this.scale);
      canvas.style.height = `${size.height * this.unit}px`;
    }
    this.root.style.setProperty("--ccp-left", `${this.timeline.left * this.unit - THUMB}px`);
    this.root.style.setProperty("--ccp-right", `${EDGE * this.unit - THUMB}px`);
    this.scene.forget();
    this.timeline.draw(this.lineGround.getContext("2d"), this.scale);
    this.show();
    this.room = this._room();
  }

  /** Height that is left for the regions where they, the buttons and the timeline share the window. */
  _roomLeft() {
    const from = this.sentence.getBoundingClientRect().top + window.scrollY;
    const others = [this.sentence, this.controls.buttons, this.controls.scrubBox];
    const taken = others.reduce((sum, one) => {
      const { marginTop, marginBottom, minHeight } = getComputedStyle(one);
      const height = one === this.sentence ? parseFloat(minHeight) : one.offsetHeight;
      return sum + height + parseFloat(marginTop) + parseFloat(marginBottom);
    }, 0);
    return (window.innerHeight - from - taken) / this.unit - this.timeline.height;
  }

  // --- time ---------------------------------------------------------------------------------------

  play() {
    if (STILL.matches || !this.replay) return;
    if (this.time >= this.replay.months) this.time = 0;
    this.playing = true;
    this.controls.showPlaying(true);
    this.last = null;
    this.frame = requestAnimationFrame((now) => this._tick(now));
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.controls.showPlaying(false);
    this.seek(Math.round(this.time));
  }

  _tick(now) {
    const passed = this.last === null ? 0 : Math.min(LONGEST_FRAME, (now - this.last) / 1000);
    this.last = now;
    this.time = Math.min(this.replay.months, this.time + passed * this.speed);
    this.frames++;
    this.draw();
    this._tell(now);
    if (this.time >= this.replay.months) this.pause();
    else this.frame = requestAnimationFrame((next) => this._tick(next));
  }

  /** Show the moment in words while playing; aloud only where something happened, and not too often. */
  _tell(now) {
    const position = Math.floor(this.time);
    if (position === this.told) return;
    this.told = position;
    this._write(position);
    const due = !this.saidAt || now - this.saidAt > SAID_EVERY;
    if (due && this.replay.marksAt(position).length) {
      this.saidAt = now;
      this.live.textContent = this.sentence.textContent;
    }
  }

  /** Go to a position and stop there. */
  seek(position) {
    if (this.playing) {
      this.playing = false;
      cancelAnimationFrame(this.frame);
      this.controls.showPlaying(false);
    }
    this.time = Math.min(this.replay.months, Math.max(0, position));
    this.show();
    this.live.textContent = this.sentence.textContent;
    this._send("month", this.time);
  }

  _jumpTo(position) {
    if (this.replay && position !== this.time) this.seek(position);
  }

  _playFrom(position) {
    if (!this.replay) return;
    this.seek(position);
    this.play();
  }

  _send(name, value) {
    if (JSON.stringify(this.model.get(name)) === JSON.stringify(value)) return;
    this.model.set(name, value);
    this.model.save_changes();
  }

  // --- showing ------------------------------------------------------------------------------------

  draw() {
    const { picture, lineGround, stage } = this;
    if (!stage.width || !stage.height || !lineGround.width || !lineGround.height) return; // not laid out yet
    this.scene.draw(picture.getContext("2d"), this.time, this.scale);
    const pen = this.line.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.line.width, this.line.height);
    pen.drawImage(lineGround, 0, 0);
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this.timeline.drawHead(pen, this.time);
  }

  /** Bring everything in line with the moment. */
  show() {
    const position = Math.floor(this.time);
    this.told = position;
    this.draw();
    this._write(position);
    this.controls.showPick(position, this.stage.focus, this.scene.picked);
  }

  _write(position) {
    const text = this.texts.sentence(this.replay, this.other, position, this.stage.focus);
    this.sentence.textContent = text;
    this.picture.setAttribute("aria-label", this.texts.say("picture", { sentence: text }));
    this.controls.scrub.value = position;
    this.controls.scrub.setAttribute("aria-valuetext", this.texts.when(position));
    this.story.textContent = this.texts.picked(this.replay, this.scene.picked, position);
  }

  // --- choosing -----------------------------------------------------------------------------------

  /** Look at one region, or at all with -1. */
  look(region) {
    this.stage.focus = region;
    this.timeline.region = region;
    this.controls.region.select.value = String(region);
    this.resize();
  }

  _layer(name, shown) {
    if (shown) this.scene.layers.add(name);
    else this.scene.layers.delete(name);
    this.scene.forget();
    this.draw();
  }

  /** Pick a person or an initiative, {kind, index}; null for nobody. */
  pick(picked) {
    this._showPicked(picked);
    this._send("picked", picked || {});
  }

  _showPicked(picked) {
    if (!this.replay) return;
    const { kind, index } = picked || {};
    const most = kind === "person" ? this.replay.count : kind === "initiative" ? this.replay.tables : 0;
    this.scene.picked = index >= 0 && index < most ? { kind, index } : null;
    this.show();
  }

  /** Where in a picture the pointer is, in the units in which it is laid out. */
  _point(event) {
    return [event.offsetX / this.unit, event.offsetY / this.unit];
  }

  _click(event) {
    const [x, y] = this._point(event);
    const found = this.scene.at(x, y);
    if (found) this.pick(found);
    else this.look(this.stage.focus < 0 ? this.stage.regionAt(x, y) : -1);
  }

  _drag(event) {
    const [x, y] = this._point(event);
    const mark = event.type === "pointerdown" ? this.timeline.markAt(x, y) : null;
    this.seek(mark ? mark[0] : this.timeline.positionAt(x));
    if (mark && mark[3] >= 0) this.pick({ kind: "initiative", index: mark[3] });
  }

  _key(event) {
    if (!this.replay || event.ctrlKey || event.metaKey || event.altKey) return;
    const tag = event.target.tagName;
    const now = Math.round(this.time);
    const marks = { PageUp: -1, PageDown: 1 };
    const places = {
      ArrowLeft: now - (event.shiftKey ? YEAR : 1),
      ArrowRight: now + (event.shiftKey ? YEAR : 1),
      Home: 0,
      End: this.replay.months,
    };
    if (tag === "SELECT" || event.target.closest(".ccp-scroll")) return;
    if (event.key in marks) this.seek(this.replay.markBeside(now, marks[event.key]));
    else if (event.key in places && tag !== "INPUT") this.seek(places[event.key]);
    else if (event.key === " " && !["BUTTON", "SUMMARY", "INPUT"].includes(tag)) this._space(now);
    else if (event.key === "Escape") this._leave();
    else return;
    event.preventDefault();
  }

  _space(now) {
    if (STILL.matches) this.seek(now + 1);
    else if (this.playing) this.pause();
    else this.play();
  }

  _leave() {
    if (this.scene.picked) this.pick(null);
    else if (this.stage.focus >= 0) this.look(-1);
  }
}

/** Colours under the names that the drawing uses; the twin has hollow signs in grey. */
function paletteOf(colours, font) {
  const tie = {};
  for (const name of LAYER_NAMES) tie[name] = colours[`tie_${name}`];
  const twin = { ink: colours.other, soft: colours.other };
  for (const name of ["paper", "citizen", "professional", "service", "pilot"]) twin[name] = colours.region;
  return { ...colours, font: font || "sans-serif", tie, twin };
}

function render({ model, el }) {
  const player = new Player(model, el);
  return () => player.destroy();
}

export default { render };
