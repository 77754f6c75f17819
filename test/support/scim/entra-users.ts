/** Users as Microsoft's SCIM reference collection has them. */
import type { Json } from './scim-hub.ts';

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** As the collection has its short users. */
export const short = (name: string, mail: string): Json => ({
  userName: `UserName ${name}`,
  active: true,
  displayName: name,
  schemas: [enterprise, core],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  name: { formatted: name, familyName: 'Leenay', givenName: 'Ryan' },
  emails: [
    { Primary: true, type: 'work', value: mail },
    { Primary: false, type: 'home', value: 'testinghome@example.test' },
  ],
  [enterprise]: { Department: 'bob', Manager: { Value: 'SuzzyQ' } },
});

/** And its long ones. */
export const long = (userName: string, active: unknown): Json => ({
  userName,
  active,
  addresses: [
    {
      country: 'Bermuda',
      formatted: '9132 Jennifer Way Suite 040\nSouth Nancy, MI 55645',
      locality: 'West Mercedes',
      postalCode: '99265',
      region: 'Montana',
      streetAddress: '4939 Hess Fork',
      type: 'work',
      primary: false,
    },
    {
      country: null,
      formatted: '18522 Lisa Unions\nEast Gregory',
      postalCode: null,
      type: 'other',
      primary: false,
    },
  ],
  displayName: 'Kimberly Baker',
  emails: [
    { type: 'work', primary: true, value: 'anna33@example.test' },
    { type: 'work', primary: false, value: 'anna34@example.test' },
  ],
  meta: { created: '2019-09-18T18:15:26.5788954+00:00', resourceType: 'User' },
  name: { formatted: 'Daniel Mcgee', familyName: 'Employee', givenName: 'Darl', honorificPrefix: null },
  phoneNumbers: [
    { type: 'fax', primary: false, value: '312-320-0500' },
    { type: 'mobile', primary: false, value: '312-320-1707' },
    { type: 'work', primary: true, value: '312-320-0932' },
  ],
  preferredLanguage: 'xh',
  roles: [],
  title: 'Site engineer',
  externalId: '22fbc523-6032-4c5f-939d-5d4850cf3e52',
  schemas: [core],
});
