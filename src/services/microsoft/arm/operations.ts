/** A kind of resource that the service has, and how the activity log names what is done to it. */
export interface ResourceType {
  /** As Azure spells it: `Microsoft.Compute/virtualMachines`. */
  readonly name: string;
  /** After `Create or Update` and `Delete`. */
  readonly shown: string;
  /** What a GET shows beyond what was put. */
  readonly defaults: (name: string, number: number) => Readonly<Record<string, unknown>>;
}

const none = (): Readonly<Record<string, unknown>> => ({});

export const resourceTypes: readonly ResourceType[] = [
  {
    name: 'Microsoft.Network/publicIPAddresses',
    shown: 'Public Ip Address',
    // Of the lab's own Microsoft range, where no host is.
    defaults: (_, number) => ({ ipAddress: `198.51.100.${100 + (number % 20)}`, publicIPAllocationMethod: 'Static' }),
  },
  { name: 'Microsoft.Network/virtualNetworks', shown: 'Virtual Network', defaults: none },
  { name: 'Microsoft.Network/networkSecurityGroups', shown: 'Network Security Group', defaults: none },
  { name: 'Microsoft.Network/networkInterfaces', shown: 'Network Interface', defaults: none },
  {
    name: 'Microsoft.Compute/virtualMachines',
    shown: 'Virtual Machine',
    defaults: (name, number) => ({
      vmId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      osProfile: { computerName: name },
    }),
  },
  { name: 'Microsoft.Compute/disks', shown: 'Disk', defaults: none },
];

export const findType = (name: string): ResourceType | null =>
  resourceTypes.find((type) => type.name.toLowerCase() === name.toLowerCase()) ?? null;

/** What can be asked of a machine with a POST. */
export const machineActions: ReadonlyMap<string, string> = new Map([
  ['start', 'Start Virtual Machine'],
  ['poweroff', 'Power Off Virtual Machine'],
  ['restart', 'Restart Virtual Machine'],
  ['deallocate', 'Deallocate Virtual Machine'],
]);

/** An operation under both of its names. */
export interface Operation {
  /** `Microsoft.Compute/virtualMachines/write` */
  readonly action: string;
  /** `Create or Update Virtual Machine` */
  readonly shown: string;
}

export const writeOf = ({ name, shown }: ResourceType): Operation => ({
  action: `${name}/write`,
  shown: `Create or Update ${shown}`,
});

export const deleteOf = ({ name, shown }: ResourceType): Operation => ({
  action: `${name}/delete`,
  shown: `Delete ${shown}`,
});

export const groupWrite: Operation = {
  action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
  shown: 'Update resource group',
};
export const groupDelete: Operation = {
  action: 'Microsoft.Resources/subscriptions/resourceGroups/delete',
  shown: 'Delete resource group',
};
export const deploymentWrite: Operation = {
  action: 'Microsoft.Resources/deployments/write',
  shown: 'Create Deployment',
};
export const assignmentWrite: Operation = {
  action: 'Microsoft.Authorization/roleAssignments/write',
  shown: 'Create role assignment',
};
