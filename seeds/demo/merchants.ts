/** Merchants by category; invented names. */
export const MERCHANTS = {
  GROCERIES: ['Markthof', 'Frischkorb', 'Dorfladen', 'Biokiste', 'Kaufplatz', 'Tagwerk'],
  RESTAURANT: ['Zum Anker', 'Cafe Linde', 'Trattoria Sole', 'Nudelbar', 'Goldener Hirsch'],
  FUEL: ['Tankwerk', 'Autohof Nord', 'Petrolin', 'Ladepunkt'],
  UTILITIES: ['Stadtwerke', 'Netzkraft', 'Wasserverband', 'Fernwaerme Mitte'],
  TELECOM: ['Funknetz', 'Glasfaser Plus'],
  HOME_IMPROVEMENT: ['Baumarkt Huber', 'Fliesenland', 'Holzzentrum', 'Kuechenhaus'],
  SHOPPING: ['Kaufhaus Ring', 'Schuhwerk', 'Elektro Blitz', 'Versandhaus Luna', 'Buchladen'],
  HEALTH: ['Apotheke am Platz', 'Zahnzentrum', 'Optik Klar'],
  EDUCATION: ['Musikschule', 'Nachhilfe Plus', 'Sprachinstitut'],
  ENTERTAINMENT: ['Kino Palast', 'Streamly', 'Fitwerk', 'Stadttheater'],
  CAR: ['Werkstatt Rapid', 'Reifenhaus', 'Autoteile Direkt'],
  TRAVEL: ['Reisebuero Fern', 'Fluglinie Aero', 'Bahnreisen', 'Hotel Meerblick'],
  SUPPLIES: ['Grosshandel Mitte', 'Lagerbedarf', 'Buerowelt', 'Rohstoff Union'],
  SALARY: ['Werk Ahorn', 'Klinikum Mitte', 'Landesverwaltung', 'Handelshaus Ost', 'Datenwerk'],
} as const;

/** The country the bank lives in, and the ones its customers travel to. */
export const HOME_COUNTRY = 'AT';
export const TRAVEL_COUNTRIES = ['IT', 'ES', 'HR', 'GR', 'FR', 'CH', 'US', 'TH'] as const;

/** A category of everyday spending and how it falls over the year. */
export interface SpendingCategory {
  readonly category: keyof typeof MERCHANTS;
  /** Purchases in a hundred months. */
  readonly perHundredMonths: number;
  /** Share of the everyday budget, in thousandths, when all of them fall. */
  readonly budgetPermille: number;
  /** Percent of the usual number in each month of the year. */
  readonly season: readonly number[];
}

const LEVEL = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100] as const;
const FESTIVE = [70, 85, 95, 100, 100, 95, 90, 90, 100, 105, 140, 210] as const;
const SUMMER = [80, 80, 90, 100, 115, 125, 130, 130, 110, 95, 80, 90] as const;

export const EVERYDAY: readonly SpendingCategory[] = [
  { category: 'GROCERIES', perHundredMonths: 230, budgetPermille: 400, season: LEVEL },
  { category: 'RESTAURANT', perHundredMonths: 75, budgetPermille: 90, season: SUMMER },
  { category: 'SHOPPING', perHundredMonths: 90, budgetPermille: 200, season: FESTIVE },
  { category: 'HEALTH', perHundredMonths: 20, budgetPermille: 50, season: LEVEL },
  { category: 'ENTERTAINMENT', perHundredMonths: 40, budgetPermille: 60, season: LEVEL },
];
