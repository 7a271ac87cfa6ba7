/** Names, places and regions of an invented country; none is taken from a person. */
export const GIVEN_NAMES = {
  F: [
    'Ada',
    'Bera',
    'Clio',
    'Dara',
    'Elin',
    'Fenja',
    'Greta',
    'Hanna',
    'Ilse',
    'Jana',
    'Kaja',
    'Lena',
    'Mira',
    'Nora',
    'Oda',
    'Petra',
    'Runa',
    'Silke',
    'Tilda',
    'Una',
    'Vera',
    'Wilma',
    'Yrsa',
    'Zita',
  ],
  M: [
    'Anton',
    'Bruno',
    'Caspar',
    'Darius',
    'Emil',
    'Falk',
    'Gero',
    'Henrik',
    'Ivo',
    'Jonas',
    'Karl',
    'Levin',
    'Milan',
    'Nils',
    'Oskar',
    'Pavel',
    'Rasmus',
    'Stefan',
    'Tobias',
    'Ulf',
    'Viktor',
    'Wenzel',
    'Yannik',
    'Zeno',
  ],
} as const;

export const FAMILY_NAMES = [
  'Ahrens',
  'Bachner',
  'Corvin',
  'Dahlen',
  'Ebner',
  'Forst',
  'Grimm',
  'Haller',
  'Ister',
  'Jarosch',
  'Kessler',
  'Lindt',
  'Moravec',
  'Nemeth',
  'Oberau',
  'Pichler',
  'Quast',
  'Rehm',
  'Sandor',
  'Thalberg',
  'Ullrich',
  'Varga',
  'Wessel',
  'Ziegler',
  'Brandt',
  'Kolar',
  'Lorenz',
  'Marten',
  'Novik',
  'Peer',
  'Ritter',
  'Stolz',
  'Tauber',
  'Vogler',
  'Winter',
  'Zeller',
] as const;

export const ORGANISATION_STEMS = [
  'Alder',
  'Birch',
  'Copper',
  'Delta',
  'Ember',
  'Falcon',
  'Granite',
  'Harbour',
  'Iris',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meridian',
  'North',
  'Opal',
  'Pioneer',
  'Quarry',
  'River',
  'Summit',
  'Tern',
  'Union',
  'Vale',
  'Willow',
  'Zenith',
] as const;

/** Trades of the organisations with their industry codes (NACE sections and divisions). */
export const TRADES = [
  ['Bakery', 'C10'],
  ['Joinery', 'C16'],
  ['Builders', 'F41'],
  ['Garage', 'G45'],
  ['Store', 'G47'],
  ['Logistics', 'H49'],
  ['Inn', 'I55'],
  ['Kitchen', 'I56'],
  ['Software', 'J62'],
  ['Surveyors', 'M71'],
  ['Clinic', 'Q86'],
  ['Studio', 'R90'],
] as const;

/** A region with its public figures; the last is the share of speakers of the small language. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly cities: readonly string[];
  readonly population: number;
  readonly averageSalaryMinor: number;
  readonly unemploymentPpm: number;
  readonly urbanPpm: number;
  readonly entrepreneursPerThousand: number;
  readonly weight: number;
  readonly smallLanguagePpm: number;
}

const FIGURES: readonly (readonly [string, string, number, number, number, number, number])[] = [
  ['Kronmark', 'Kronstad,Altmark,Brueck', 1_900_000, 385_000, 41_000, 950_000, 128],
  ['Seeland', 'Seehafen,Lindau,Norden', 820_000, 331_000, 48_000, 680_000, 117],
  ['Bergland', 'Hochau,Steinach,Tann', 540_000, 318_000, 39_000, 420_000, 131],
  ['Westtal', 'Westbrueck,Auen,Rohr', 760_000, 342_000, 52_000, 610_000, 110],
  ['Obermoor', 'Moorburg,Torf,Schilf', 390_000, 296_000, 67_000, 350_000, 102],
  ['Weinhuegel', 'Rebstadt,Kelter,Lagen', 610_000, 324_000, 44_000, 480_000, 135],
  ['Suedgrenz', 'Grenzau,Donaufeld,Szarvas', 430_000, 271_000, 88_000, 390_000, 94],
  ['Eisental', 'Eisenhuett,Schacht,Esse', 580_000, 288_000, 81_000, 640_000, 88],
  ['Waldviert', 'Forstau,Eichen,Lohe', 350_000, 292_000, 55_000, 300_000, 112],
  ['Neustadt', 'Neustadt,Messe,Ring', 1_150_000, 364_000, 46_000, 900_000, 124],
];

/** The region whose residents mostly speak the small language: the planted proxy. */
export const PROXY_REGION = 'R07';

/** All regions of the country, most of the population in the first and the last. */
export const REGIONS: readonly Region[] = FIGURES.map(
  ([name, cities, population, averageSalaryMinor, unemploymentPpm, urbanPpm, perThousand], i) => {
    const code = `R${String(i + 1).padStart(2, '0')}`;
    return {
      code,
      name,
      cities: cities.split(','),
      population,
      averageSalaryMinor,
      unemploymentPpm,
      urbanPpm,
      entrepreneursPerThousand: perThousand,
      weight: Math.round(population / 10_000) + (code === PROXY_REGION ? 60 : 0),
      smallLanguagePpm: code === PROXY_REGION ? 700_000 : 40_000,
    };
  },
);
