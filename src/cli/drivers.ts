export { allDrivers } from '../api/all-drivers.ts';
