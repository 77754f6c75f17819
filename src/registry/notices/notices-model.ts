import type { TypedAnnouncement } from '#administration/announcement-deeds.ts';
import type { PublicInformationModel } from '#pages/public-information.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { SeenFormModel } from '../seen-form.ts';

export type NoticeState = 'later' | 'shown' | 'over';

export interface ShownNotice {
  readonly title: string;
  readonly from: Date;
  readonly until: Date;
  readonly warning: boolean;
  readonly state: NoticeState;
  /** Absent for those of the configuration. */
  readonly href?: string;
}

export interface NoticeListModel extends RegistryFrameModel {
  readonly notices: readonly ShownNotice[];
  readonly newHref: string;
  readonly notice?: 'saved' | 'removed';
}

export interface NoticeFormModel extends SeenFormModel {
  readonly mode: 'add' | 'change';
  readonly action: string;
  readonly backHref: string;
  readonly removeHref?: string;
  readonly revision: number;
  readonly typed: TypedAnnouncement;
  readonly levels: readonly Option[];
  /** How it will look, in both languages. */
  readonly previews: readonly Pick<PublicInformationModel, 'announcements'>[];
}

export interface NoticeQuestionModel extends RegistryFormModel {
  /** Its title; `title` is the page's. */
  readonly subject: string;
  readonly state: NoticeState;
  readonly action: string;
  readonly backHref: string;
  readonly revision: number;
}
