import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of a minute or more, the longest first: begun last, one of them would run alone in the end. */
const long = [
  'test/processes/killed-under-load',
  'test/unit/pages/accessibility/',
  'test/journeys/card-login',
  'test/unit/pages/card-form-script',
  'test/journeys/registry/ceilings',
  'test/processes/import-killed',
  'test/journeys/browser/',
];

/** The usual order, but for those. */
export default class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((part) => moduleId.includes(part));
      return at < 0 ? long.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
