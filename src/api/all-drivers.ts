import { createDockerDriver } from '../lab/docker/driver.ts';
import type { Driver } from '../lab/driver.ts';
import { createNamespaceDriver } from '../lab/namespace/driver.ts';

/** In the order in which they are tried: containers where an engine has the image, else namespaces alone. */
export const allDrivers = (): readonly Driver[] => [createDockerDriver({}), createNamespaceDriver({})];
