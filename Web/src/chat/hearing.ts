import type { Entry, Message, Notification } from '../api/shapes';
import { mentions } from '../text/mentions';
import type { Chats } from './chats';
import type { Conversation } from './conversation';
import { changeOf, messageOf, type Happening } from './happening';

/** Takes what the notifications channel says to where it belongs. */
export class Hearing {
  /** Mentions that were told, by conversation and id. */
  private readonly told = new Set<string>();

  constructor(
    private readonly chats: Chats,
    private readonly happened: (happening: Happening) => void,
  ) {}

  receive(notification: Notification): void {
    switch (notification.kind) {
      case 'group_message':
      case 'private_message':
        this.receiveMessage(notification);
        break;
      case 'mention':
        this.receiveMention(notification);
        break;
      case 'edited':
      case 'deleted':
      case 'reaction':
        this.receiveEntry(notification, changeOf(notification));
        break;
      case 'read':
        this.receiveRead(notification);
        break;
      case 'typing':
        this.placeOf(notification)?.others.types(notification.sender);
        break;
      case 'presence':
        this.chats.presence.heard(notification.sender, notification.online === true);
        break;
      default:
        this.receiveNews(notification);
        break;
    }
  }

  private receiveMessage(notification: Notification): void {
    const conversation = this.placeOf(notification);
    if (!conversation || notification.id === undefined) {
      return;
    }

    const message = messageOf(notification, notification.id);
    const isNew = message.id > (conversation.last.peek()?.id ?? 0);
    const isMention = notification.group !== undefined && mentions(message.message, this.chats.username);
    conversation.others.stops(message.user);
    this.receiveEntry(notification, message);
    if (this.chats.isMe(message.user)) {
      conversation.known.readOwn(message.id);
    }

    if (isNew && !this.chats.isMe(message.user)) {
      this.tell(isMention ? 'mention' : 'message', conversation, message);
    }
  }

  /** The same message comes by itself too, before or after: whichever is first is told, once. */
  private receiveMention(notification: Notification): void {
    const conversation = this.placeOf(notification);
    if (conversation && notification.id !== undefined && !this.told.has(`${conversation.key} ${notification.id}`)) {
      const message = messageOf(notification, notification.id);
      this.receiveEntry(notification, message);
      this.tell('mention', conversation, message);
    }
  }

  /** As it stands now; nothing of what is deleted already. */
  private tell(type: 'message' | 'mention', conversation: Conversation, heard: Message): void {
    const message = conversation.known.asHeard(heard);
    if (type === 'mention') {
      this.told.add(`${conversation.key} ${message.id}`);
    }

    if (message.deleted_at === undefined) {
      this.happened({ type, conversation, message });
    }
  }

  private receiveEntry(notification: Notification, entry: Entry | null): void {
    const conversation = this.placeOf(notification);
    if (conversation && entry) {
      conversation.receive(entry);
      this.chats.meet(conversation);
    }
  }

  /** The conversation that it is about; null when it does not say. */
  private placeOf({ group, sender, recipient }: Notification): Conversation | null {
    const other = group ?? (this.chats.isMe(sender) ? recipient : sender);
    return other ? this.chats.find(group === undefined ? 'private' : 'group', other) : null;
  }

  /** One's own is of another device. */
  private receiveRead(notification: Notification): void {
    const conversation = this.placeOf(notification);
    if (conversation && notification.id !== undefined) {
      if (this.chats.isMe(notification.sender)) {
        conversation.read(notification.id);
      } else {
        conversation.others.read(notification.sender, notification.id);
      }
    }
  }

  private receiveNews(notification: Notification): void {
    const { kind } = notification;
    if (kind === 'removed' || kind === 'group_deleted') {
      this.chats.lose(notification.group ?? '');
    }

    if (!this.chats.isMe(notification.sender) && (kind === 'invite' || kind === 'removed' || kind === 'group_deleted')) {
      this.happened({ type: kind, notification });
    }

    void this.chats.refresh();
  }
}
