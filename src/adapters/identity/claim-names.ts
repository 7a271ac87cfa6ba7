/** The claims that tell of a viewer, beside `sub`; signing and reading take the same ones. */
export const CLAIMS = { roles: 'roles', authority: 'authority', book: 'book' } as const;
