/** Port to the announcements (公告) that programme officers keep, besides those of the configuration. In the records. */

export interface AnnouncementText {
  readonly title: string;
  /** Plain text; empty lines part paragraphs. */
  readonly body: string;
}

export interface KeptAnnouncement {
  readonly id: string;
  /** Grows by one with every change. */
  readonly revision: number;
  readonly level: 'info' | 'warning';
  /** Shown from here (included) … */
  readonly from: Date;
  /** … to here (not included). */
  readonly until: Date;
  readonly zh: AnnouncementText;
  readonly en: AnnouncementText;
}

/** Each call throws `store-unavailable` when nothing is known or stored. */
export interface AnnouncementRegister {
  /** The latest beginning first. */
  listAnnouncements(): Promise<readonly KeptAnnouncement[]>;
  findAnnouncement(id: string): Promise<KeptAnnouncement | undefined>;
  /** Its revision is 1. */
  addAnnouncement(announcement: Omit<KeptAnnouncement, 'revision'>): Promise<void>;
  /** Throws `changed-meanwhile` unless it is there at the revision that `announcement` names. */
  changeAnnouncement(announcement: KeptAnnouncement): Promise<void>;
  /** Throws as above. */
  removeAnnouncement(id: string, revision: number): Promise<void>;
  /** Another number after every change, by whichever process. */
  readVersion(): Promise<number>;
}
