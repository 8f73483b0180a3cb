// The shop's customers, in the layout of the public DummyJSON API (`/users`).

import { formatDay } from '../calendar.mjs';
import { FIRST_NAMES, LAST_NAMES } from '../member_risk/members.mjs';
import { hash, KIND, Random } from '../random.mjs';

/** City, state, its code, latitude, longitude, the first digits of the postal code. */
const CITIES = Object.freeze(
  /** @type {const} */ ([
    ['New York', 'New York', 'NY', 40.71, -74.0, '100'],
    ['Los Angeles', 'California', 'CA', 34.05, -118.24, '900'],
    ['Chicago', 'Illinois', 'IL', 41.88, -87.63, '606'],
    ['Houston', 'Texas', 'TX', 29.76, -95.37, '770'],
    ['Phoenix', 'Arizona', 'AZ', 33.45, -112.07, '850'],
    ['San Antonio', 'Texas', 'TX', 29.42, -98.49, '782'],
    ['Denver', 'Colorado', 'CO', 39.74, -104.99, '802'],
    ['Seattle', 'Washington', 'WA', 47.61, -122.33, '981'],
    ['Miami', 'Florida', 'FL', 25.76, -80.19, '331'],
    ['Boston', 'Massachusetts', 'MA', 42.36, -71.06, '021'],
  ]),
);
/** Where the other half of an account sits when its places do not fit together. */
const FAR = Object.freeze(
  /** @type {const} */ ([
    ['Auckland', -36.85, 174.76],
    ['Singapore', 1.35, 103.82],
    ['Kyiv', 50.45, 30.52],
    ['Lagos', 6.52, 3.38],
  ]),
);

/**
 * What a customer is up to: most are ordinary; each of the six factors of risk has a few who show it, and a few show several.
 * @typedef {'ordinary' | 'vip' | 'lapsing_vip' | 'velocity' | 'geographic' | 'behavioral' | 'profile' | 'amount' | 'temporal' | 'ring' | 'idle'} Habit
 */
const HABITS = Object.freeze(
  /** @type {readonly (readonly [Habit, number])[]} */ ([
    ['ordinary', 0.52],
    ['idle', 0.16],
    ['vip', 0.07],
    ['lapsing_vip', 0.04],
    ['velocity', 0.03],
    ['geographic', 0.03],
    ['behavioral', 0.03],
    ['profile', 0.03],
    ['amount', 0.03],
    ['temporal', 0.03],
    ['ring', 0.03],
  ]),
);

/** @param {number} seed @param {number} id 1-based @returns {Habit} */
export function habitOf(seed, id) {
  return new Random(hash(seed, KIND.customer, id)).weighted(HABITS);
}

/** One record of the API. @param {number} seed @param {number} day of the extract @param {number} id 1-based */
export function user(seed, day, id) {
  const random = new Random(hash(seed, KIND.customer, id, 1));
  const habit = habitOf(seed, id);
  const isRing = habit === 'ring';
  const hasBareProfile = habit === 'profile' || isRing;
  const hasFarPlaces = habit === 'geographic' || isRing;
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const [city, state, stateCode, latitude, longitude, zip] = random.pick(CITIES);
  const far = random.pick(FAR);
  const age = hasBareProfile && random.next() < 0.4 ? 15 : Math.round(20 + random.next() ** 1.4 * 58);
  const born = new Date((day - Math.round(age * 365.25 + random.int(1, 300))) * 86_400_000);
  const near = () => Math.round((random.next() - 0.5) * 20_000) / 100_000;
  const blank = () => hasBareProfile && random.next() < 0.7;
  const mailbox = `c${id}.${hash(seed, KIND.customer, id, 2).toString(36)}`;
  return {
    id,
    firstName: random.next() < 0.05 ? ` ${first}  ` : first,
    lastName: last,
    maidenName: '',
    age,
    gender: random.weighted([
      ['female', 0.5],
      ['male', 0.46],
      ['Female ', 0.04],
    ]),
    // The members of a ring share a mailbox; a bare profile has a throw-away one.
    email: isRing
      ? `ring${id % 2}@mailinator.example`
      : blank()
        ? `${mailbox}@trashmail.example`
        : random.next() < 0.02
          ? null
          : `${mailbox}@example.org`,
    phone: blank() ? 'N/A' : `+1 555-01${String(random.int(0, 99)).padStart(2, '0')}-${random.int(1000, 9999)}`,
    username: `${mailbox}`,
    // The public API does not pad the numbers of a date either.
    birthDate: `${born.getUTCFullYear()}-${born.getUTCMonth() + 1}-${born.getUTCDate()}`,
    bloodGroup: 'A+',
    address: blank()
      ? {
          address: '',
          city: '',
          state: '',
          stateCode: '',
          postalCode: '',
          coordinates: { lat: null, lng: null },
          country: 'United States',
        }
      : {
          address: `${random.int(1, 999)} Main Street`,
          city,
          state,
          stateCode,
          postalCode: `${zip}${String(random.int(0, 99)).padStart(2, '0')}`,
          coordinates: {
            lat: Math.round((latitude + near()) * 1e5) / 1e5,
            lng: Math.round((longitude + near()) * 1e5) / 1e5,
          },
          country: 'United States',
        },
    university: random.next() < 0.7 ? `University of ${state}` : '',
    bank: {
      cardExpire: hasBareProfile ? '03/21' : `${String(random.int(1, 12)).padStart(2, '0')}/${random.int(26, 30)}`,
      cardNumber: `9289${String(random.int(0, 999_999_999_999)).padStart(12, '0')}`,
      cardType: random.pick(['Visa', 'Mastercard', 'Discover', 'American Express']),
      currency: hasFarPlaces ? random.pick(['NGN', 'UAH', 'SGD']) : 'USD',
      iban: `XX${String(random.int(0, 99_999_999)).padStart(20, '0')}`,
    },
    company: blank()
      ? null
      : {
          department: random.pick(['Engineering', 'Marketing', 'Support', 'Legal']),
          name: `${last} & Co`,
          title: 'Clerk',
          address: {
            city: hasFarPlaces ? far[0] : city,
            stateCode: hasFarPlaces ? '' : stateCode,
            coordinates: {
              lat: hasFarPlaces ? far[1] : Math.round((latitude + near()) * 1e5) / 1e5,
              lng: hasFarPlaces ? far[2] : Math.round((longitude + near()) * 1e5) / 1e5,
            },
            country: hasFarPlaces ? far[0] : 'United States',
          },
        },
    ssn: `900-${String(random.int(10, 99))}-${random.int(1000, 9999)}`,
    registeredAt: `${formatDay(day - random.int(40, 900))}T10:00:00.000Z`,
    role: random.weighted([
      ['user', 0.94],
      ['moderator', 0.04],
      ['admin', 0.02],
    ]),
  };
}
