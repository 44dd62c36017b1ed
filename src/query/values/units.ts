/** How much of the base unit one of each is: metres, kilograms, newtons … */
export type Units = Readonly<Record<string, number>>;

const [nano, micro, milli, centi, deci, deca, hecto, kilo, mega, giga, tera] = [
  1e-9, 1e-6, 1e-3, 1e-2, 1e-1, 1e1, 1e2, 1e3, 1e6, 1e9, 1e12,
] as const;

const inch = 0.0254;
const foot = 0.3048;
const surveyFoot = 1200 / 3937;
const lightYear = 9.46073047258e15;
const parsec = 3.08567758128e16;

export const lengths: Units = {
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Centimeter: centi,
  Chain: 20.1168,
  DataMile: 1828.8,
  Decameter: deca,
  Decimeter: deci,
  DtpPica: inch / 6,
  DtpPoint: inch / 72,
  Fathom: 1.8288,
  Foot: foot,
  Hand: 0.1016,
  Hectometer: hecto,
  Inch: inch,
  KilolightYear: lightYear * kilo,
  Kilometer: kilo,
  Kiloparsec: parsec * kilo,
  LightYear: lightYear,
  MegalightYear: lightYear * mega,
  Megaparsec: parsec * mega,
  Meter: 1,
  Microinch: inch * micro,
  Micrometer: micro,
  Mil: inch * milli,
  Mile: 1609.344,
  Millimeter: milli,
  Nanometer: nano,
  NauticalMile: 1852,
  Parsec: parsec,
  PrinterPica: 1 / 237.106301584,
  PrinterPoint: inch / 72.27,
  Shackle: 27.432,
  SolarRadius: 6.957e8,
  Twip: inch / 1440,
  UsSurveyFoot: surveyFoot,
  Yard: 0.9144,
};

const pound = 0.45359237;

export const masses: Units = {
  Centigram: 1e-5,
  Decagram: 1e-2,
  Decigram: 1e-4,
  EarthMass: 5.9722e24,
  Grain: pound / 7000,
  Gram: milli,
  Hectogram: 0.1,
  Kilogram: 1,
  Kilopound: pound * kilo,
  Kilotonne: mega,
  LongHundredweight: pound * 112,
  LongTon: pound * 2240,
  Megapound: pound * mega,
  Megatonne: giga,
  Microgram: nano,
  Milligram: micro,
  Nanogram: 1e-12,
  Ounce: pound / 16,
  Pound: pound,
  ShortHundredweight: pound * 100,
  ShortTon: pound * 2000,
  Slug: (pound * 9.80665) / foot,
  SolarMass: 1.98947e30,
  Stone: pound * 14,
  Tonne: kilo,
};

const distances = {
  Nanometer: nano,
  Micrometer: micro,
  Millimeter: milli,
  Centimeter: centi,
  Decimeter: deci,
  Meter: 1,
  Kilometer: kilo,
  Inch: inch,
  Foot: foot,
  UsSurveyFoot: surveyFoot,
  Yard: 0.9144,
  Mile: 1609.344,
} as const;

const spans = { Hour: 3600, Minute: 60, Second: 1 } as const;

export const speeds: Units = {
  Knot: 1852 / 3600,
  ...Object.fromEntries(
    Object.entries(distances).flatMap(([distance, metres]) =>
      Object.entries(spans).map(([span, seconds]) => [`${distance}Per${span}`, metres / seconds] as const),
    ),
  ),
};

const poundForce = pound * 9.80665;

export const forces: Units = {
  Decanewton: deca,
  Dyn: 1e-5,
  KilogramForce: 9.80665,
  Kilonewton: kilo,
  KiloPond: 9.80665,
  KilopoundForce: poundForce * kilo,
  Meganewton: mega,
  Micronewton: micro,
  Millinewton: milli,
  Newton: 1,
  OunceForce: poundForce / 16,
  Poundal: pound * foot,
  PoundForce: poundForce,
  ShortTonForce: poundForce * 2000,
  TonneForce: 9806.65,
};

const withPrefixes = (unit: string, size: number, prefixes: Readonly<Record<string, number>>): Units => ({
  [`${unit[0]?.toUpperCase()}${unit.slice(1)}`]: size,
  ...Object.fromEntries(Object.entries(prefixes).map(([prefix, factor]) => [prefix + unit, size * factor])),
});

export const energies: Units = {
  ...withPrefixes('britishThermalUnit', 1055.05585262, { Kilo: kilo, Mega: mega, Giga: giga }),
  ...withPrefixes('calorie', 4.184, { Kilo: kilo, Mega: mega }),
  ...withPrefixes('electronVolt', 1.602176565e-19, { Kilo: kilo, Mega: mega, Giga: giga, Tera: tera }),
  ...withPrefixes('joule', 1, { Milli: milli, Kilo: kilo, Mega: mega, Giga: giga }),
  ...withPrefixes('wattDay', 86_400, { Kilo: kilo, Mega: mega, Giga: giga, Tera: tera }),
  ...withPrefixes('wattHour', 3600, { Kilo: kilo, Mega: mega, Giga: giga, Tera: tera }),
  ...withPrefixes('thermEc', 1.05505585262e8, { Deca: deca }),
  ...withPrefixes('thermImperial', 1.05505585257348e8, { Deca: deca }),
  ...withPrefixes('thermUs', 1.054804e8, { Deca: deca }),
  Erg: 1e-7,
  FootPound: 1.355817948,
  HorsepowerHour: 2.6845195377e6,
};

const gallon = 3.785411784e-3;
const imperialGallon = 4.54609e-3;

export const volumes: Units = {
  ...withPrefixes('liter', milli, {
    Micro: micro,
    Milli: milli,
    Centi: centi,
    Deci: deci,
    Deca: deca,
    Hecto: hecto,
    Kilo: kilo,
    Mega: mega,
  }),
  ...withPrefixes('usGallon', gallon, { Deci: deci, Deca: deca, Hecto: hecto, Kilo: kilo, Mega: mega }),
  ...withPrefixes('imperialGallon', imperialGallon, { Kilo: kilo, Mega: mega }),
  ...withPrefixes('cubicFoot', foot ** 3, { Hecto: hecto, Kilo: kilo, Mega: mega }),
  ...withPrefixes('cubicMeter', 1, { Hecto: hecto, Kilo: kilo }),
  // The service's own factor, which is not the exact one.
  AcreFoot: 1 / 0.000810714,
  AuTablespoon: 2e-5,
  BoardFoot: foot ** 3 / 12,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicHectometer: 1e6,
  CubicInch: inch ** 3,
  CubicKilometer: 1e9,
  CubicMicrometer: 1e-18,
  CubicMile: 1609.344 ** 3,
  CubicMillimeter: 1e-9,
  CubicYard: 0.9144 ** 3,
  ImperialBeerBarrel: imperialGallon * 36,
  ImperialOunce: imperialGallon / 160,
  ImperialPint: imperialGallon / 8,
  MetricCup: 2.5e-4,
  MetricTeaspoon: 5e-6,
  OilBarrel: gallon * 42,
  UkTablespoon: 1.5e-5,
  UsBeerBarrel: gallon * 31,
  UsCustomaryCup: gallon / 16,
  UsLegalCup: 2.4e-4,
  UsOunce: gallon / 128,
  UsPint: gallon / 8,
  UsQuart: gallon / 4,
  UsTablespoon: gallon / 256,
  UsTeaspoon: gallon / 768,
};

const degree = Math.PI / 180;

/** Radians. `Tilt` is the sine of an angle, and no multiple of one. */
export const angles: Units = {
  ...withPrefixes('radian', 1, { Nano: nano, Micro: micro, Milli: milli, Centi: centi, Deci: deci }),
  ...withPrefixes('degree', degree, { Nano: nano, Micro: micro, Milli: milli }),
  Arcminute: degree / 60,
  Arcsecond: degree / 3600,
  Gradian: degree * 0.9,
  NatoMil: degree * (360 / 6400),
  Revolution: degree * 360,
};

/** Kelvins of a temperature: `size` of them a degree, from `zero`. */
export const temperatures: Readonly<Record<string, { readonly size: number; readonly zero: number }>> = {
  Kelvin: { size: 1, zero: 0 },
  DegreeCelsius: { size: 1, zero: 273.15 },
  MillidegreeCelsius: { size: milli, zero: 273.15 },
  DegreeFahrenheit: { size: 5 / 9, zero: (459.67 * 5) / 9 },
  DegreeRankine: { size: 5 / 9, zero: 0 },
  DegreeDelisle: { size: -2 / 3, zero: 373.15 },
  DegreeNewton: { size: 100 / 33, zero: 273.15 },
  DegreeReaumur: { size: 5 / 4, zero: 273.15 },
  DegreeRoemer: { size: 40 / 21, zero: 273.15 - (7.5 * 40) / 21 },
  SolarTemperature: { size: 5778, zero: 0 },
};
