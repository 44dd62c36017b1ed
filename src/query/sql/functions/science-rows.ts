import {
  betaDensity,
  betaQuantile,
  betaShare,
  erf,
  erfc,
  gamma,
  logGamma,
  welchTest,
} from '../../values/special-functions.ts';
import {
  angles,
  energies,
  forces,
  lengths,
  masses,
  speeds,
  temperatures,
  volumes,
  type Units,
} from '../../values/units.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

const ofReals = (count: number, compute: RowSpec['compute']): RowSpec => ({
  params: Array.from({ length: count }, () => 'real' as const),
  result: 'real',
  compute,
});

type Convert = (value: number, from: string, to: string) => number | null;

const conversion = (compute: Convert): RowSpec => ({ params: ['real', 'string', 'string'], result: 'real', compute });

const between =
  (units: Units): Convert =>
  (value, from, to) => {
    const [a, b] = [from, to].map((unit) => (Object.hasOwn(units, unit) ? units[unit] : undefined));
    return a === undefined || b === undefined ? null : (value * a) / b;
  };

/** `Tilt` is an angle's sine. */
const betweenAngles: Convert = (value, from, to) => {
  const radians = from === 'Tilt' ? Math.asin(value) : between(angles)(value, from, 'Radian');
  if (radians === null) return null;
  return to === 'Tilt' ? Math.sin(radians) : between(angles)(radians, 'Radian', to);
};

const betweenTemperatures: Convert = (value, from, to) => {
  const [a, b] = [from, to].map((unit) => (Object.hasOwn(temperatures, unit) ? temperatures[unit] : undefined));
  return a === undefined || b === undefined ? null : (value * a.size + a.zero - b.zero) / b.size;
};

export const scienceFunctions = rowTable({
  gamma: ofReals(1, gamma),
  loggamma: ofReals(1, logGamma),
  erf: ofReals(1, erf),
  erfc: ofReals(1, erfc),
  beta_cdf: ofReals(3, betaShare),
  beta_pdf: ofReals(3, betaDensity),
  beta_inv: ofReals(3, (share: number, a: number, b: number) =>
    share < 0 || share > 1 ? null : betaQuantile(share, a, b),
  ),
  welch_test: ofReals(6, welchTest),
  convert_angle: conversion(betweenAngles),
  convert_energy: conversion(between(energies)),
  convert_force: conversion(between(forces)),
  convert_length: conversion(between(lengths)),
  convert_mass: conversion(between(masses)),
  convert_speed: conversion(between(speeds)),
  convert_temperature: conversion(betweenTemperatures),
  convert_volume: conversion(between(volumes)),
});
