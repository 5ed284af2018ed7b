// Buttons, lists and tables around the picture: plain elements of the browser, so that keys and readers work.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  play: "M6 4 20 12 6 20Z",
  pause: "M6 4H10V20H6Z M14 4H18V20H14Z",
  back: "M16 4 6 12 16 20Z",
  forward: "M8 4 18 12 8 20Z",
  previous: "M19 4 9 12 19 20Z M5 4H8V20H5Z",
  next: "M5 4 15 12 5 20Z M16 4H19V20H16Z",
};
const SPEEDS = [["slow", 2], ["normal", 6], ["fast", 18]];
const LAYER_NAMES = ["initiatives", "friends", "colleagues", "service", "council"];

/** Make an element with properties and children; `text` and `class` are short for the usual two. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", ICONS[name]);
  svg.append(shape);
  return svg;
}

let made = 0;

/** Make a list to choose from, with its label. */
function chooser(label, name, onchange) {
  const id = `ccp-player-${name}-${++made}`;
  const select = make("select", { id, onchange: () => onchange(select.value) });
  return { select, box: make("div", { class: "ccp-field" }, make("label", { for: id, text: label }), select) };
}

function option(value, text, selected = false) {
  const element = make("option", { value, text });
  element.selected = selected;
  return element;
}

class Controls {
  /** `act` holds what each control does: play, step, mark, seek, speed, region, layer, pick. */
  constructor(texts, replay, act) {
    Object.assign(this, { texts, replay, act });
    this.say = (key, values) => texts.say(key, values);
    this._makeScrub();
    this._makeButtons();
    this._makeChoices();
    this._makeLayers();
  }

  _makeScrub() {
    const id = `ccp-player-scrub-${++made}`;
    this.scrub = make("input", {
      id, type: "range", min: 0, max: this.replay.months, step: 1, value: 0, class: "ccp-scrub",
      oninput: () => this.act.seek(Number(this.scrub.value)),
    });
    this.scrubBox = make("div", { class: "ccp-scrub-box" }, make("label", { for: id, text: this.say("scrub") }), this.scrub);
  }

  _button(name, picture, action) {
    const label = this.say(name);
    return make("button", { type: "button", class: "ccp-button", "aria-label": label, title: label, onclick: action }, icon(picture));
  }

  _makeButtons() {
    this.play = make("button", { type: "button", class: "ccp-button ccp-play", onclick: () => this.act.play() });
    this.buttons = make(
      "div",
      { class: "ccp-buttons", role: "group", "aria-label": this.say("buttons") },
      this._button("previous_mark", "previous", () => this.act.mark(-1)),
      this._button("step_back", "back", () => this.act.step(-1)),
      this.play,
      this._button("step_forward", "forward", () => this.act.step(1)),
      this._button("next_mark", "next", () => this.act.mark(1)),
    );
    this.showPlaying(false);
  }

  showPlaying(playing) {
    this.play.replaceChildren(icon(playing ? "pause" : "play"), this.say(playing ? "pause" : "play"));
  }

  _makeChoices() {
    this.speed = chooser(this.say("speed.label"), "speed", (value) => this.act.speed(Number(value)));
    for (const [name, rate] of SPEEDS) this.speed.select.append(option(rate, this.say(`speed.${name}`), name === "normal"));
    this.region = chooser(this.say("look_at"), "region", (value) => this.act.region(Number(value)));
    this.region.select.append(option(-1, this.say("all_regions")));
    this.replay.regions.names.forEach((_, region) => {
      this.region.select.append(option(region, this.texts.region(this.replay, region)));
    });
    this.pick = chooser(this.say("pick.label"), "pick", (value) => this.act.pick(this._pickedIn(value)));
  }

  _pickedIn(value) {
    if (!value) return null;
    const [kind, index] = value.split(":");
    return { kind, index: Number(index) };
  }

  /** Offer the initiatives begun so far and the people at tables, and show who is picked. */
  showPick(position, region, picked) {
    const { replay, say } = this;
    const here = (where) => region < 0 || where === region;
    const tables = make("optgroup", { label: say("pick.initiatives") });
    for (let table = replay.tables - 1; table >= 0; table--) {
      const now = replay.stateAt(table, position);
      if (!now || !here(replay.initiatives.region[table])) continue;
      const text = say("pick.initiative", { number: String(table), state: say(`state.${now.state}`) });
      tables.append(option(`initiative:${table}`, text));
    }
    const people = make("optgroup", { label: say("pick.people") });
    const seated = new Set(replay.staysAt(position).map((stay) => replay.stays.person[stay]));
    if (picked && picked.kind === "person") seated.add(picked.index);
    for (const person of [...seated].sort((a, b) => a - b)) {
      if (!here(replay.regionOf[person])) continue;
      const kind = say(`person.${PEOPLE[kindOfPerson(replay, person)]}`);
      people.append(option(`person:${person}`, say("pick.person", { kind, number: String(person) })));
    }
    this.pick.select.replaceChildren(option("", say("pick.nobody")), tables, people);
    this.pick.select.value = picked ? `${picked.kind}:${picked.index}` : "";
  }

  _makeLayers() {
    this.layers = make("fieldset", { class: "ccp-layers" }, make("legend", { text: this.say("layers") }));
    for (const name of LAYER_NAMES) {
      const box = make("input", { type: "checkbox", value: name, onchange: () => this.act.layer(name, box.checked) });
      box.checked = name === "initiatives";
      this.layers.append(make("label", {}, box, this.say(`layer.${name}`)));
    }
  }

  checkLayers(shown) {
    for (const box of this.layers.querySelectorAll("input")) box.checked = shown.has(box.value);
  }

  // --- the key and the table ----------------------------------------------------------------------

  /** Make the key: each sign with what it stands for. */
  key(look) {
    const list = make("ul", { class: "ccp-key" });
    const entry = (text, draw) => {
      const canvas = make("canvas", { width: 44, height: 44, "aria-hidden": "true" });
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      draw(pen);
      list.append(make("li", {}, canvas, make("span", { text })));
    };
    PEOPLE.forEach((name, kind) => {
      entry(this.say(`person.${name}`), (pen) => {
        pen.beginPath();
        personPath(pen, ROLE_OF_KIND[kind], 11, 11, 5);
        paintPeople(pen, kind, look, null);
      });
    });
    for (const state of Object.values(STATE)) {
      entry(this.say(`state.${state}`), (pen) => INITIATIVE[state](pen, 11, 11, 14, look, 0.35));
    }
    for (const name of ["election", "election_turn", "champion_left", "backlash", "service_ended",
      "council_adopted", "council_lapsed", "nation_adopted", "nation_lapsed", "visited", "lever"]) {
      entry(this.say(`signs.${name}`), (pen) => GLYPHS[name](pen, 11, 11, 15, look));
    }
    const notes = [make("p", { text: this.say("signs.voice") }), make("p", { text: this.say("signs.other") })];
    return make("div", {}, list, ...notes);
  }

  /** Make the table that stands for the picture: a row a year, then everything that was marked. */
  table(other, seek) {
    const { replay, texts, say } = this;
    const columns = ["year", "tables", "pilots", "services", "ended", "trust", "voice"];
    const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col", text: say(`column.${name}`) })));
    const body = make("tbody");
    for (const [world, name] of [[replay, ""], [other, say("other_world")]]) {
      for (let at = YEAR; world && at <= world.months; at += YEAR) body.append(this._row(world, at, name));
    }
    const years = make("table", {}, make("caption", { text: say("tables.years") }), make("thead", {}, head), body);
    const marks = make("ol", { class: "ccp-marks" });
    for (const mark of replay.marks) {
      const text = `${texts.when(mark[0])}: ${texts.placed(replay, mark)}`;
      marks.append(make("li", {}, make("button", { type: "button", class: "ccp-link", text, onclick: () => seek(mark[0]) })));
    }
    const scroll = { tabindex: 0, role: "region", class: "ccp-scroll" };
    return make(
      "div",
      {},
      make("div", { ...scroll, "aria-label": say("tables.years") }, years),
      make("p", { class: "ccp-head", text: say("tables.marks") }),
      make("div", { ...scroll, "aria-label": say("tables.marks") }, marks),
    );
  }

  _row(world, at, name) {
    const { texts } = this;
    const counts = world.countsAt(at);
    const share = (outcome) => {
      const value = world.outcomeAt(outcome, at);
      return value === null ? "–" : texts.shares.format(value);
    };
    const numbers = [counts.tables, counts.pilots, counts.services];
    numbers.push(world.outcomeAt("pilots_ended", at) + world.outcomeAt("structural_ended", at));
    const cells = [...numbers.map((one) => texts.numbers.format(one)), share("trust"), share("users_voice")];
    const year = texts.numbers.format(at / YEAR);
    const head = make("th", { scope: "row", text: name ? `${year} (${name})` : year });
    return make("tr", {}, head, ...cells.map((text) => make("td", { text })));
  }
}
