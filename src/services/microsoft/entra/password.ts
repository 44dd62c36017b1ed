import type { DirectoryUser } from '../../../model/directory.ts';
import type { CloudContext } from '../context.ts';
import { codes, userNotFound, type EntraError } from './codes.ts';

export interface CheckedPassword {
  readonly user: DirectoryUser | null;
  readonly error: EntraError | null;
}

/** A name and a password. Whoever does not know the password is not told what became of the account. */
export const checkPassword = (upn: string, password: string, { state, now }: CloudContext): CheckedPassword => {
  const user = state.findUser(upn);
  if (user === null) return { user, error: userNotFound(upn, state.directory.tenant.name) };
  switch (state.tryPassword(user, password, now())) {
    case 'locked':
      return { user, error: codes.accountLocked };
    case 'wrong':
      return { user, error: codes.wrongPassword };
    case 'right':
      if (user.state === 'disabled') return { user, error: codes.accountDisabled };
      return { user, error: user.state === 'password-expired' ? codes.passwordExpired : null };
  }
};
