// Members: demographics, enrolment, status and income, and how they change from day to day.

import { formatDay, formatTime } from '../calendar.mjs';
import { line } from '../csv.mjs';
import { chance, hash, KIND, Random } from '../random.mjs';

export const MEMBER_COLUMNS = Object.freeze([
  'member_id',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'email',
  'phone',
  'street',
  'city',
  'state',
  'postal_code',
  'plan_type',
  'enrollment_date',
  'termination_date',
  'status',
  'annual_income',
  'employment_status',
  'household_size',
  'updated_at',
]);

const DAILY_GROWTH = 0.0006;
const DAILY_CHANGE = 0.004;

export const FIRST_NAMES = Object.freeze(
  (
    'Ada Alma Amir Ana Andre Anya Ben Björn Bruno Carla Chen Chloé Dana Diego Elif Elena Emil Esra Farah Felix Fiona Gita ' +
    'Hana Hugo Ines Ivan Jana Jonas José Kai Karim Lara Leila Léo Lin Luca Maja Malik Mara Mei Mila Mina Nadia Nico Nina ' +
    'Noah Olga Omar Oskar Paula Petra Priya Rafael Ravi Renée Rosa Sami Sara Sören Tara Tomás Uma Vera Wei Yara Yuki Zoë ' +
    '明 浩 Зоя'
  ).split(' '),
);
export const LAST_NAMES = Object.freeze(
  (
    'Abbott Acosta Ahmed Álvarez Baker Bauer Becker Bell Brandt Chen Clark Costa Cruz Diaz Dubois Evans Fischer Flores ' +
    'Fournier Garcia Gómez Gray Gupta Haas Hill Hoffmann Ito Ivanova Jensen Johnson Kaya Keller Khan Kim Kowalski Kumar ' +
    "Lang Lee Lopez Łukasik Martin Mehta Meyer Morales Müller Muñoz Nguyen Novak O'Brien Okafor Olsen Ortiz Park Patel " +
    'Perez Petrov Ramos Reed Rossi Roy Ruiz Saito Santos Schmidt Sharma Silva Smith Sørensen Suzuki Tanaka Torres Tran ' +
    'Vega Wagner Walker Wang Weber Wong Wright Yilmaz Young Zhang 王 佐藤'
  ).split(' '),
);
const STREETS = Object.freeze('Elm Oak Maple Cedar Lake Hill Station Mill Church Park River Garden'.split(' '));

/** City, state, first digits of the postal code. */
const CITIES = Object.freeze(
  /** @type {const} */ ([
    ['New York', 'NY', '100'],
    ['Buffalo', 'NY', '142'],
    ['Los Angeles', 'CA', '900'],
    ['San José', 'CA', '951'],
    ['Chicago', 'IL', '606'],
    ['Houston', 'TX', '770'],
    ['Austin', 'TX', '787'],
    ['Phoenix', 'AZ', '850'],
    ['Miami', 'FL', '331'],
    ['Tampa', 'FL', '336'],
    ['Seattle', 'WA', '981'],
    ['Denver', 'CO', '802'],
    ['Boston', 'MA', '021'],
    ['Atlanta', 'GA', '303'],
    ['Columbus', 'OH', '432'],
    ['Portland', 'OR', '972'],
  ]),
);

const PLANS = Object.freeze(
  /** @type {const} */ ([
    ['BRONZE', 0.3],
    ['SILVER', 0.4],
    ['GOLD', 0.22],
    ['PLATINUM', 0.08],
  ]),
);
const STATUSES = Object.freeze(
  /** @type {const} */ ([
    ['active', 0.88],
    ['suspended', 0.05],
    ['lapsed', 0.04],
    ['terminated', 0.03],
  ]),
);
const EMPLOYMENT = Object.freeze(
  /** @type {const} */ ([
    ['employed', 0.62],
    ['self_employed', 0.12],
    ['unemployed', 0.07],
    ['student', 0.08],
    ['retired', 0.11],
  ]),
);

/**
 * @typedef {object} World
 * @property {number} seed
 * @property {number} members how many there are on the first day
 * @property {number} start the first day, as a day number
 */

/** @typedef {ReturnType<typeof memberBase>} MemberBase */

/** How many members there are on a day. @param {World} world @param {number} day */
export function memberCount(world, day) {
  return world.members + Math.max(0, Math.floor((day - world.start) * world.members * DAILY_GROWTH));
}

/** @param {number} index */
export function memberId(index) {
  return `M${String(index + 1).padStart(7, '0')}`;
}

/**
 * Age in years on the first day of the world: most are of working age, a quarter over 60.
 * @param {World} world @param {number} index
 */
export function memberAge(world, index) {
  const u = chance(world.seed, KIND.member, index, 1);
  const v = chance(world.seed, KIND.member, index, 2);
  if (u < 0.06) return 18 + v * 4;
  if (u < 0.72) return 22 + v * 38;
  return 60 + v * v * 38;
}

/** How much the member earns a year before any change. @param {World} world @param {number} index */
export function memberIncome(world, index) {
  const age = memberAge(world, index);
  const random = new Random(hash(world.seed, KIND.member, index, 3));
  const peak = age < 25 ? 24_000 : age < 60 ? 58_000 : 36_000;
  return Math.round(random.logNormal(peak, 0.55) / 100) * 100;
}

/** @param {World} world @param {number} index */
function memberBase(world, index) {
  const random = new Random(hash(world.seed, KIND.member, index, 4));
  const age = memberAge(world, index);
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const [city, state, zip] = random.pick(CITIES);
  const joined =
    index < world.members ? world.start - 1 - Math.floor(random.pareto(20, 0.6) % 2900) : joiningDay(world, index);
  const plan = random.weighted(PLANS);
  const status = index < world.members ? random.weighted(STATUSES) : 'active';
  const employment = age > 67 ? 'retired' : age < 22 ? 'student' : random.weighted(EMPLOYMENT);
  return {
    id: memberId(index),
    first,
    last,
    born: world.start - Math.floor(age * 365.25),
    gender: random.weighted([
      ['F', 0.5],
      ['M', 0.47],
      ['X', 0.03],
    ]),
    email:
      random.next() < 0.95 ? `m${index + 1}.${hash(world.seed, KIND.member, index, 5).toString(36)}@example.org` : '',
    phone: random.next() < 0.9 ? `+1-555-01${String(random.int(0, 99)).padStart(2, '0')}` : '',
    street: `${random.int(1, 999)} ${random.pick(STREETS)} St${random.next() < 0.12 ? `, Apt ${random.int(1, 40)}` : ''}`,
    city,
    state,
    postal: `${zip}${String(random.int(0, 99)).padStart(2, '0')}`,
    plan,
    joined,
    left: status === 'terminated' ? Math.min(world.start - 1, joined + random.int(30, 900)) : undefined,
    status,
    income: employment === 'unemployed' ? 0 : memberIncome(world, index),
    employment,
    household: random.weighted([
      [1, 0.3],
      [2, 0.33],
      [3, 0.16],
      [4, 0.13],
      [5, 0.06],
      [7, 0.02],
    ]),
    updated: world.start - 1,
  };
}

/** The day on which a member beyond the first ones joins. @param {World} world @param {number} index */
function joiningDay(world, index) {
  return world.start + Math.ceil((index + 1 - world.members) / (world.members * DAILY_GROWTH));
}

/** @param {World} world @param {number} index @param {number} day */
function changesOn(world, index, day) {
  return chance(world.seed, KIND.memberChange, index, day) < DAILY_CHANGE;
}

/** The member as of the end of a day: the first state with every change since. @param {World} world @param {number} index @param {number} until */
function memberOn(world, index, until) {
  const member = memberBase(world, index);
  for (let day = Math.max(world.start, member.joined + 1); day <= until; day++) {
    if (changesOn(world, index, day)) change(world, member, index, day);
  }
  return member;
}

/** @param {World} world @param {MemberBase} member @param {number} index @param {number} day */
function change(world, member, index, day) {
  const random = new Random(hash(world.seed, KIND.memberChangeValue, index, day));
  const what = random.next();
  if (what < 0.35) {
    member.status = random.weighted(STATUSES);
    member.left = member.status === 'terminated' ? day : undefined;
  } else if (what < 0.6) {
    member.income = Math.round((member.income * random.logNormal(1.02, 0.15)) / 100) * 100;
  } else if (what < 0.8) {
    const [city, state, zip] = random.pick(CITIES);
    member.city = city;
    member.state = state;
    member.postal = `${zip}${String(random.int(0, 99)).padStart(2, '0')}`;
    member.street = `${random.int(1, 999)} ${random.pick(STREETS)} St`;
  } else if (what < 0.93) {
    member.plan = random.weighted(PLANS);
  } else {
    member.employment = random.weighted(EMPLOYMENT);
    if (member.employment === 'unemployed') member.income = 0;
  }
  member.updated = day;
}

/** @param {World} world @param {MemberBase} member @param {Random} random */
function record(world, member, random) {
  const seconds = hash(world.seed, KIND.memberChangeValue, member.updated, member.joined) % 86_400;
  const values = [
    member.id,
    member.first,
    member.last,
    formatDay(member.born),
    member.gender,
    member.email,
    member.phone,
    member.street,
    member.city,
    member.state,
    member.postal,
    member.plan,
    formatDay(member.joined),
    member.left === undefined ? '' : formatDay(member.left),
    member.status,
    member.income.toFixed(2),
    member.employment,
    member.household,
    formatTime(member.updated, seconds),
  ];
  return damage(values, random);
}

/** Now and then what people type: other cases, spaces, missing values, and values that are no values at all. @param {(string | number)[]} values @param {Random} random @returns {string | Buffer} */
function damage(values, random) {
  const edge = random.next();
  if (edge < 0.02) values[1] = `  ${String(values[1]).toUpperCase()} `;
  else if (edge < 0.04) values[2] = `${values[2]}\u00a0`;
  else if (edge < 0.07) values[14] = String(values[14]).toUpperCase();
  else if (edge < 0.09) values[4] = { F: 'female', M: 'male', X: 'other' }[String(values[4])] ?? '';
  else if (edge < 0.11) values[4] = '';
  else if (edge < 0.13) values[15] = 'N/A';
  else if (edge < 0.145) values[11] = String(values[11]).toLowerCase();
  else if (edge < 0.15) values[1] = `${values[1]} "${String(values[1]).slice(0, 2)}"`;
  else if (edge < 0.155) values[7] = `${values[7]}\nc/o ${values[2]}, rear house`;
  else if (edge < 0.158) values[17] = 0;
  else if (edge < 0.16) return line(values).replace(/,[^,]*$/, '');
  else if (edge < 0.162) values[3] = '31/02/1980';
  else if (edge < 0.163) values[15] = 'forty thousand';
  else if (edge < 0.164) return Buffer.from(line([values[0], 'Ren\u00e9e', ...values.slice(2)]), 'latin1');
  else if (edge < 0.165) values[0] = '';
  return line(values);
}

/**
 * The extract of a day: everybody on the first day, from then on who is new or has changed.
 * @param {World} world @param {number} day @returns {Generator<string | Buffer>}
 */
export function* memberExtract(world, day) {
  const count = memberCount(world, day);
  for (let index = 0; index < count; index++) {
    const random = new Random(hash(world.seed, KIND.memberEdge, index, day));
    if (day === world.start) {
      yield record(world, memberOn(world, index, day), random);
      if (random.next() < 0.002) yield record(world, memberOn(world, index, day), new Random(1));
      continue;
    }
    const joined = index < world.members ? world.start - 1 : joiningDay(world, index);
    // A fifth of the new members reach the extract one to three days after their first transactions.
    const delay = index >= world.members && chance(world.seed, KIND.memberDelay, index) < 0.2 ? 1 + (index % 3) : 0;
    if (joined >= world.start) {
      if (day < joined + delay) continue;
      if (day === joined + delay) {
        yield record(world, memberOn(world, index, day), random);
        continue;
      }
    }
    if (changesOn(world, index, day) && day > joined) {
      yield record(world, memberOn(world, index, day), random);
      if (random.next() < 0.05) yield record(world, memberOn(world, index, day), new Random(1));
    } else if (chance(world.seed, KIND.memberDelay, index, day) < 0.0001) {
      // An old version, sent again: it must not win over a newer one.
      yield record(world, memberOn(world, index, Math.max(joined, day - 10)), random);
    }
  }
}
