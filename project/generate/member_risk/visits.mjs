// Visits to care: who needs how much of it (age, season, chronic illness), what is billed and what is paid.

import { dayOfYear, formatDay, formatTime, weekday } from '../calendar.mjs';
import { line } from '../csv.mjs';
import { chance, hash, KIND, Random } from '../random.mjs';
import { memberAge, memberCount, memberId } from './members.mjs';

/** @typedef {import('./members.mjs').World} World */

export const VISIT_COLUMNS = Object.freeze([
  'visit_id',
  'member_id',
  'provider_id',
  'provider_name',
  'provider_specialty',
  'visit_type',
  'admitted_on',
  'discharged_on',
  'diagnosis_code',
  'secondary_diagnosis_code',
  'billed_amount',
  'allowed_amount',
  'paid_amount',
  'is_emergency',
  'is_high_cost',
  'claim_status',
  'updated_at',
]);

export const VISITS_PER_MEMBER_DAY = 0.02;
const LONGEST_LAG = 10;
const SETTLED_AFTER = 12;
const HIGH_COST = 10_000;

/** Type, share, median bill in dollars, spread of its logarithm. */
const TYPES = Object.freeze(
  /** @type {readonly (readonly [string, number, number, number])[]} */ ([
    ['office', 0.56, 180, 0.5],
    ['telehealth', 0.14, 90, 0.3],
    ['outpatient', 0.15, 950, 0.8],
    ['emergency', 0.1, 2_100, 0.8],
    ['inpatient', 0.05, 14_500, 0.9],
  ]),
);
const CHRONIC = Object.freeze(['E11.9', 'I10', 'J44.9', 'I50.9', 'N18.3', 'J45.9', 'F32.9', 'E78.5']);
const ACUTE = Object.freeze(['J06.9', 'M54.5', 'S93.4', 'K21.9', 'N39.0', 'R07.9', 'Z00.0', 'L30.9', 'H66.9', 'A09']);
const SEVERE = Object.freeze(['I21.9', 'I63.9', 'S72.0', 'C50.9', 'J18.9', 'K35.8']);
const SPECIALTIES = Object.freeze(
  'family_medicine internal_medicine cardiology orthopedics emergency_medicine psychiatry dermatology oncology'.split(
    ' ',
  ),
);
const NAMES = Object.freeze(
  'Adler Bianchi Çelik Dvořák Eriksen Fernández Grün Hansen İnce Jónsson Köhler Laurent'.split(' '),
);

/** @param {World} world */
function providerCount(world) {
  return 40 + Math.floor(world.members / 60);
}

/** @param {World} world @param {number} number */
function provider(world, number) {
  const random = new Random(hash(world.seed, KIND.provider, number));
  return {
    id: `PR${String(number + 1).padStart(5, '0')}`,
    name: `Dr. ${random.pick(NAMES)}, ${random.pick(NAMES)} & Partners`,
    specialty: random.pick(SPECIALTIES),
  };
}

/** More in winter, fewer at weekends. @param {World} world @param {number} day */
export function visitCount(world, day) {
  const season = 1 + 0.18 * Math.cos((2 * Math.PI * (dayOfYear(day) - 15)) / 365);
  const week = [0.4, 1.25, 1.2, 1.15, 1.15, 1.1, 0.6][weekday(day)];
  const luck = 0.9 + 0.2 * chance(world.seed, KIND.visitCount, day);
  return Math.round(memberCount(world, day) * VISITS_PER_MEMBER_DAY * season * week * luck);
}

/** The old come more often than the young. @param {World} world @param {Random} random @param {number} count */
function pickPatient(world, random, count) {
  for (let tries = 0; tries < 12; tries++) {
    const index = Math.floor(random.next() * count);
    if (random.next() < Math.min(1, 0.12 + (memberAge(world, index) / 90) ** 2)) return index;
  }
  return Math.floor(random.next() * count);
}

/** @param {World} world @param {Random} random @param {number} index @param {string} type */
function diagnosis(world, random, index, type) {
  const age = memberAge(world, index);
  const illness = hash(world.seed, KIND.visit, index, -1);
  const isChronic = (illness % 1000) / 1000 < 0.05 + 0.006 * Math.max(0, age - 30);
  const own = CHRONIC[illness % CHRONIC.length];
  if (type === 'inpatient' && random.next() < 0.5) return [random.pick(SEVERE), isChronic ? own : ''];
  if (isChronic && random.next() < 0.6) return [own, random.next() < 0.3 ? random.pick(CHRONIC) : ''];
  return [random.pick(ACUTE), isChronic && random.next() < 0.3 ? own : ''];
}

/** @param {World} world @param {number} day @param {number} number */
function visit(world, day, number) {
  const random = new Random(hash(world.seed, KIND.visit, day, number));
  const index = pickPatient(world, random, memberCount(world, day));
  const age = memberAge(world, index);
  let share = random.next() / (age > 65 ? 0.9 + random.next() * 0.1 : 1);
  let row = TYPES[0];
  for (row of TYPES) {
    share -= row[1];
    if (share < 0) break;
  }
  const [type, , median, sigma] = row;
  let billed = random.logNormal(median * (1 + Math.max(0, age - 50) / 120), sigma);
  if (type === 'inpatient' && random.next() < 0.06) billed = random.pareto(40_000, 1.6);
  billed = Math.min(900_000, billed);
  const allowed = billed * (0.55 + 0.35 * random.next());
  const outcome = random.next();
  const status = outcome < 0.07 ? 'denied' : outcome < 0.25 ? 'submitted' : 'paid';
  const [primary, secondary] = diagnosis(world, random, index, type);
  const stay = type === 'inpatient' ? 1 + Math.floor(random.logNormal(3, 0.7)) : 0;
  return {
    id: `V${formatDay(day).replaceAll('-', '')}-${number.toString(36).padStart(4, '0')}`,
    member: memberId(index),
    provider: provider(world, random.zipf(providerCount(world))),
    type,
    day,
    discharged: day + Math.min(60, stay),
    primary,
    secondary,
    billed,
    allowed,
    paid: status === 'paid' ? allowed * (0.7 + 0.25 * random.next()) : 0,
    isEmergency: type === 'emergency' || (type === 'inpatient' && random.next() < 0.45),
    isHighCost: random.next() < 0.01 ? billed <= HIGH_COST : billed > HIGH_COST,
    status,
    updatedDay: day,
  };
}

/** @param {ReturnType<typeof visit>} it */
function values(it) {
  return [
    it.id,
    it.member,
    it.provider.id,
    it.provider.name,
    it.provider.specialty,
    it.type,
    formatDay(it.day),
    formatDay(it.discharged),
    it.primary,
    it.secondary,
    it.billed.toFixed(2),
    it.allowed.toFixed(2),
    it.paid.toFixed(2),
    it.isEmergency ? 'true' : 'false',
    it.isHighCost ? 'true' : 'false',
    it.status,
    formatTime(it.updatedDay, 64_800),
  ];
}

/** @param {ReturnType<typeof visit>} it @param {Random} random @returns {string | Buffer} */
function damage(it, random) {
  const row = values(it);
  const edge = random.next() * 1000;
  // Untidy, but readable.
  if (edge < 20) row[5] = row[5].toUpperCase();
  else if (edge < 35) row[8] = row[8].toLowerCase();
  else if (edge < 50) row[8] = row[8].replace('.', '');
  else if (edge < 60) row[3] = ` ${row[3].toUpperCase()}`;
  else if (edge < 66) row[9] = 'N/A';
  else if (edge < 72) row[13] = it.isEmergency ? '1' : '0';
  else if (edge < 78) row[7] = '';
  else if (edge < 84) row[4] = '';
  // Readable, but not to be believed.
  else if (edge < 88) row[1] = `M9${String(hash(9, it.day, random.int(0, 1e6)) % 1_000_000).padStart(6, '0')}`;
  else if (edge < 90) row[6] = row[7] = formatDay(it.day + 90 + random.int(0, 200));
  else if (edge < 92) row[7] = formatDay(it.day - 3);
  else if (edge < 94) row[10] = (-it.billed).toFixed(2);
  else if (edge < 96) row[12] = (it.billed * 1.5).toFixed(2);
  else if (edge < 98) row[8] = 'Q99.Z';
  else if (edge < 100) row[10] = row[11] = row[12] = '0';
  // Not readable.
  else if (edge < 101) row[10] = random.pick(['n.a.', '1.200,00', '-', 'unknown']);
  else if (edge < 102) row[6] = random.pick(['00/00/0000', '2025-02-31', 'tbd']);
  else if (edge < 103) row[1] = '';
  else if (edge < 103.5) return line(row.slice(0, 11));
  else if (edge < 104) row[0] = '';
  else if (edge < 104.2) return Buffer.from(line([...row.slice(0, 3), 'Dr. M\u00fcller', ...row.slice(4)]), 'latin1');
  return line(row);
}

/** @param {World} world @param {number} day @param {number} number */
function lag(world, day, number) {
  const x = chance(world.seed, KIND.visitLag, day, number);
  return x >= 0.06 ? 0 : 1 + Math.floor((x / 0.06) * LONGEST_LAG);
}

/**
 * The visits delivered on a day: the day's own, the late ones of the days before, and claims that were settled meanwhile.
 * @param {World} world @param {number} day @returns {Generator<string | Buffer>}
 */
export function* visitExtract(world, day) {
  for (let from = day - SETTLED_AFTER; from <= day; from++) {
    const count = visitCount(world, from);
    for (let number = 0; number < count; number++) {
      const delay = day - from;
      if (delay <= LONGEST_LAG && lag(world, from, number) === delay) {
        const random = new Random(hash(world.seed, KIND.visitEdge, from, number));
        const record = damage(visit(world, from, number), random);
        yield record;
        if (random.next() < 0.004) yield record;
      }
      if (delay === SETTLED_AFTER && chance(world.seed, KIND.visitResend, from, number) < 0.5) {
        const it = visit(world, from, number);
        if (it.status === 'submitted')
          yield line(values({ ...it, status: 'paid', paid: it.allowed * 0.8, updatedDay: day }));
      }
    }
  }
}
