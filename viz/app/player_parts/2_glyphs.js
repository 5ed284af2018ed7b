// Signs: one shape for each thing, so that nothing hangs on colour alone. Each is drawn about (x, y), s high
// and wide.

function path(pen, points, close = true) {
  pen.beginPath();
  points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (close) pen.closePath();
}

function filled(pen, fill, edge, width = 1) {
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (edge) {
    pen.strokeStyle = edge;
    pen.lineWidth = width;
    pen.stroke();
  }
}

function ring(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

function house(pen, x, y, s) {
  const h = s / 2;
  path(pen, [[x - h, y], [x, y - h], [x + h, y], [x + 0.7 * h, y], [x + 0.7 * h, y + h], [x - 0.7 * h, y + h],
    [x - 0.7 * h, y]]);
}

function cross(pen, x, y, s, colour, width = 2) {
  const h = 0.36 * s;
  pen.beginPath();
  pen.moveTo(x - h, y - h);
  pen.lineTo(x + h, y + h);
  pen.moveTo(x + h, y - h);
  pen.lineTo(x - h, y + h);
  filled(pen, null, colour, width);
}

function star(pen, x, y, s) {
  const points = [];
  for (let i = 0; i < 10; i++) {
    const radius = (i % 2 ? 0.22 : 0.5) * s;
    const angle = (Math.PI * i) / 5;
    points.push([x + radius * Math.sin(angle), y - radius * Math.cos(angle)]);
  }
  path(pen, points);
}

function burst(pen, x, y, s) {
  const points = [];
  for (let i = 0; i < 16; i++) {
    const radius = (i % 2 ? 0.26 : 0.52) * s;
    const angle = (Math.PI * i) / 8;
    points.push([x + radius * Math.sin(angle), y - radius * Math.cos(angle)]);
  }
  path(pen, points);
}

/** Signs of events, by the kind of a mark; an election with a turn has a sign of its own. */
const GLYPHS = {
  election(pen, x, y, s, look) {
    path(pen, [[x - 0.36 * s, y - 0.1 * s], [x + 0.36 * s, y - 0.1 * s], [x + 0.36 * s, y + 0.45 * s],
      [x - 0.36 * s, y + 0.45 * s]]);
    filled(pen, look.paper, look.ink, 1.3);
    path(pen, [[x, y - 0.5 * s], [x, y + 0.05 * s]], false);
    filled(pen, null, look.ink, 2);
  },
  election_turn(pen, x, y, s, look) {
    path(pen, [[x - 0.36 * s, y - 0.1 * s], [x + 0.36 * s, y - 0.1 * s], [x + 0.36 * s, y + 0.45 * s],
      [x - 0.36 * s, y + 0.45 * s]]);
    filled(pen, look.turn, look.ink, 1.3);
    path(pen, [[x, y - 0.5 * s], [x, y + 0.05 * s]], false);
    filled(pen, null, look.ink, 2);
  },
  champion_left(pen, x, y, s, look) {
    path(pen, [[x + 0.4 * s, y - 0.42 * s], [x - 0.45 * s, y], [x + 0.4 * s, y + 0.42 * s]]);
    filled(pen, look.turn, look.ink, 1);
  },
  backlash(pen, x, y, s, look) {
    burst(pen, x, y, s);
    filled(pen, look.backlash, look.ink, 1);
  },
  structural(pen, x, y, s, look) {
    house(pen, x, y, s);
    filled(pen, look.service, look.ink, 1);
  },
  service_ended(pen, x, y, s, look) {
    house(pen, x, y, s);
    filled(pen, look.paper, look.service, 1.3);
    cross(pen, x, y, 1.1 * s, look.backlash, 2);
  },
  ended(pen, x, y, s, look) {
    cross(pen, x, y, s, look.soft, 2);
  },
  partly(pen, x, y, s, look) {
    path(pen, [[x, y - 0.45 * s], [x + 0.45 * s, y], [x, y + 0.45 * s], [x - 0.45 * s, y]]);
    filled(pen, look.paper, look.ink, 1);
    path(pen, [[x + 0.45 * s, y], [x, y + 0.45 * s], [x - 0.45 * s, y]]);
    filled(pen, look.pilot, look.ink, 1);
  },
  council_adopted(pen, x, y, s, look) {
    pen.beginPath();
    pen.rect(x - 0.38 * s, y - 0.38 * s, 0.76 * s, 0.76 * s);
    filled(pen, look.council, look.ink, 1);
  },
  council_lapsed(pen, x, y, s, look) {
    pen.beginPath();
    pen.rect(x - 0.38 * s, y - 0.38 * s, 0.76 * s, 0.76 * s);
    filled(pen, look.paper, look.council, 1.8);
  },
  nation_adopted(pen, x, y, s, look) {
    star(pen, x, y, 1.2 * s);
    filled(pen, look.council, look.ink, 1);
  },
  nation_lapsed(pen, x, y, s, look) {
    star(pen, x, y, 1.2 * s);
    filled(pen, look.paper, look.council, 1.5);
  },
  visited(pen, x, y, s, look) {
    path(pen, [[x - 0.5 * s, y], [x + 0.3 * s, y]], false);
    filled(pen, null, look.ink, 1.8);
    path(pen, [[x + 0.5 * s, y], [x + 0.05 * s, y - 0.35 * s], [x + 0.05 * s, y + 0.35 * s]]);
    filled(pen, look.ink, null);
  },
  lever(pen, x, y, s, look) {
    path(pen, [[x, y - 0.5 * s], [x, y + 0.5 * s]], false);
    filled(pen, null, look.turn, 2);
    ring(pen, x, y - 0.2 * s, 0.25 * s);
    filled(pen, look.turn, look.ink, 1);
  },
};

function markGlyph(mark) {
  return mark[1] === "election" && mark[4] === 1 ? "election_turn" : mark[1];
}

/** Signs of initiatives by state. `users` is the share of voice that citizens had, null before a meeting. */
const INITIATIVE = {
  [STATE.PROPOSED](pen, x, y, s, look) {
    ring(pen, x, y, 0.22 * s);
    filled(pen, look.paper, look.ink, 1.2);
  },
  [STATE.RECRUITING](pen, x, y, s, look) {
    pen.setLineDash([2, 2]);
    ring(pen, x, y, 0.42 * s);
    filled(pen, look.paper, look.ink, 1.2);
    pen.setLineDash([]);
  },
  [STATE.COCREATING](pen, x, y, s, look, users) {
    ring(pen, x, y, 0.45 * s);
    filled(pen, users === null ? look.paper : look.professional, look.ink, 1.2);
    if (users === null) return;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.arc(x, y, 0.45 * s, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * users);
    pen.closePath();
    filled(pen, look.citizen, look.paper, 1.6);
  },
  [STATE.DECIDED](pen, x, y, s, look) {
    ring(pen, x, y, 0.45 * s);
    filled(pen, look.paper, look.ink, 1.2);
    path(pen, [[x - 0.22 * s, y], [x - 0.05 * s, y + 0.2 * s], [x + 0.24 * s, y - 0.18 * s]], false);
    filled(pen, null, look.ink, 2);
  },
  [STATE.NO_AGREEMENT](pen, x, y, s, look) {
    ring(pen, x, y, 0.45 * s);
    filled(pen, look.paper, look.ink, 1.2);
    path(pen, [[x - 0.25 * s, y], [x + 0.25 * s, y]], false);
    filled(pen, null, look.ink, 2);
  },
  [STATE.PILOTING](pen, x, y, s, look) {
    path(pen, [[x - 0.3 * s, y + 0.6 * s], [x - 0.3 * s, y - 0.6 * s]], false);
    filled(pen, null, look.ink, 1.8);
    path(pen, [[x - 0.3 * s, y - 0.6 * s], [x + 0.55 * s, y - 0.28 * s], [x - 0.3 * s, y + 0.08 * s]]);
    filled(pen, look.pilot, look.ink, 1);
  },
  [STATE.STRUCTURAL](pen, x, y, s, look) {
    GLYPHS.structural(pen, x, y, 1.5 * s, look);
    pen.beginPath();
    pen.rect(x - 0.13 * s, y + 0.3 * s, 0.26 * s, 0.45 * s);
    filled(pen, look.paper, look.ink, 0.6);
  },
  [STATE.PARTLY](pen, x, y, s, look) {
    GLYPHS.partly(pen, x, y, s, look);
  },
  [STATE.ENDED](pen, x, y, s, look) {
    GLYPHS.ended(pen, x, y, s, look);
  },
};

/** A person: citizens round, professionals square, politicians triangular, the hard to reach hollow. */
function personPath(pen, role, x, y, radius) {
  if (role === ROLE.PROFESSIONAL) {
    pen.rect(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
  } else if (role === ROLE.POLITICIAN) {
    pen.moveTo(x, y - 1.25 * radius);
    pen.lineTo(x + 1.15 * radius, y + 0.85 * radius);
    pen.lineTo(x - 1.15 * radius, y + 0.85 * radius);
    pen.closePath();
  } else {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

const PEOPLE = ["citizen", "hard_to_reach", "professional", "politician"];

/** Which of PEOPLE somebody is. */
function kindOfPerson(replay, person) {
  if (replay.role[person] === ROLE.CITIZEN) return replay.hard[person] ? 1 : 0;
  return replay.role[person] + 1;
}

const ROLE_OF_KIND = [ROLE.CITIZEN, ROLE.CITIZEN, ROLE.PROFESSIONAL, ROLE.POLITICIAN];

/** Fill or outline the current path as people of a kind. */
function paintPeople(pen, kind, look, edge) {
  if (kind === 1) filled(pen, look.region, look.citizen, 1.2);
  else filled(pen, look[PEOPLE[kind]], edge, 0.8);
}
