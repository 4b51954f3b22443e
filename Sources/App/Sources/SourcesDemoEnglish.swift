extension SourcesDemo {
  /// What a small shop for clothes and things of leather has written for its customers.
  static let english = [
    Page(
      "delivery", "Delivery: times and costs",
      """
      # Delivery: times and costs

      Orders that reach us before 14:00 on a weekday leave our warehouse the same day. All others leave on the next weekday.

      ## How long it takes

      Standard delivery takes 2 to 4 working days within the country and 5 to 9 working days to the rest of Europe. Express delivery takes one working day and can be
      chosen at checkout until noon. We do not ship on Saturdays, Sundays and public holidays.

      ## What it costs

      Standard shipping is 4.90 and free for orders above 60. Express costs 12.50. Islands and remote places cost 6 more, which you see before you pay. Heavy parcels
      above 20 kg come by freight on a date that the carrier agrees with you by phone. We do not deliver to post office boxes.
      """),
    Page(
      "tracking", "Where is my parcel? Tracking",
      """
      # Where is my parcel?

      As soon as a parcel is handed to the carrier we send you a mail with its tracking number. The number works a few hours later, when the carrier has scanned the
      box for the first time. You also find it in your account under Orders.

      ## The tracking has not moved for days

      Between two depots nothing is scanned for up to three days. When nothing has moved for five working days, write to us with the order number: we open an
      investigation with the carrier, which takes up to eight days, and send a replacement if the parcel is lost.

      ## It says delivered, but I have nothing

      Look with your neighbours, at the door and in the letter box first: the carrier leaves a card where it left the parcel. If it does not turn up within two days,
      tell us and we ask the driver for the proof of delivery.
      """),
    Page(
      "returns", "Returns and exchanges",
      """
      # Returns and exchanges

      You can send back anything within 30 days of its arrival, unworn and with its labels, without giving a reason.

      ## How to return something

      Open the order in your account, choose Return, and print the label. Put the things into any box, stick the label on it and leave it at a drop-off point. Returning
      costs nothing within the country; from abroad you pay the postage.

      ## Exchanging for another size or colour

      Choose Exchange instead of Return and say what you would like in its place. We set it aside for you and send it as soon as the old one has reached us.

      ## What cannot come back

      Earrings, underwear, things that were made to measure or engraved, and opened care products cannot be returned for reasons of hygiene.
      """),
    Page(
      "refunds", "Refunds: when your money comes back",
      """
      # Refunds

      We check what came back within three working days of its arrival and then refund the money at once. You get a mail that says how much.

      ## Where the money goes

      A refund always goes back the way you paid: to the card, the PayPal account or the bank account that was used. Banks take two to five working days to show it,
      credit cards sometimes until the next statement. What was paid with a gift card goes back onto that card.

      ## Less than you expected?

      The cost of express shipping is not refunded. When only part of an order comes back, free delivery stays free. If something was damaged by wear, we deduct
      what it lost in value and say so with pictures. For a refund that has not come after ten working days write to us with the order number.
      """),
    Page(
      "payment", "Ways to pay",
      """
      # Ways to pay

      We take Visa, Mastercard and American Express, PayPal, Apple Pay, Google Pay and bank transfer. Cash is taken in the shop alone.

      ## When is the card charged?

      A card is charged when the order leaves our warehouse, not when you place it. Until then your bank shows a reservation. With PayPal the amount is taken at once.

      ## My card was declined

      Most often the bank asks for a confirmation in its app and did not get it. Try again and keep the app open, or use another card. We never see why a bank
      refuses. After three attempts the checkout is locked for one hour.

      ## Paying in instalments

      Orders above 100 can be paid in three monthly instalments through Klarna, without interest. Bank transfers have to arrive within seven days, else the order lapses.
      """),
    Page(
      "invoices", "Invoices and tax",
      """
      # Invoices and tax

      Your invoice is a PDF that comes with the mail which says that the order has left. You can download it again at any time in your account under Orders.

      ## Invoice for a company

      Enter the name of the company and its VAT number at checkout, before you pay. When it is forgotten, send us both and the order number within 14 days; we cancel the
      old invoice and issue a corrected one. After that the tax office does not allow a change.

      ## VAT

      All prices include value added tax. Companies elsewhere in the European Union with a valid number pay none: it is taken off at checkout. For deliveries outside
      of the Union we charge no tax, but customs will ask the receiver for duties.
      """),
    Page(
      "account", "Your account and password",
      """
      # Your account

      You can order as a guest. With an account you see your orders, returns and addresses in one place.

      ## Forgotten password

      On the sign-in page choose Forgot password and enter your e-mail address. The link that we send is good for one hour. Look into the spam folder when it does not
      come. After five wrong attempts the login is blocked for 15 minutes.

      ## Changing e-mail or address

      Under Profile you change name, e-mail, phone and addresses. A new e-mail has to be confirmed by a link that we send there.

      ## Deleting the account

      Choose Delete account at the end of the profile. Personal data is erased within 30 days; invoices are kept for ten years because the law asks for it.
      You unsubscribe from the newsletter by the link at its end.
      """),
    Page(
      "warranty", "Warranty and repairs",
      """
      # Warranty and repairs

      Everything we sell has a warranty of two years against faults of material and making. Our leather bags have five years on seams and zips.

      ## Something is broken

      Send us a picture of the fault and the order number. We answer within two working days whether we repair it, replace it or give the money back. You pay nothing
      for it, neither for postage.

      ## What the warranty does not cover

      Wear, scratches, stains, water damage and what somebody else tried to mend are not covered. We repair such things for a price that we tell you before: a new zip
      costs about 18, a new sole 45.

      ## Arrived damaged

      When a parcel arrives damaged or with something missing, tell us within 48 hours and keep the packaging, because the carrier asks for it.
      """),
    Page(
      "sizes", "Sizes: how to measure",
      """
      # Sizes

      Our clothes are cut true to European sizes. Between two sizes take the larger one for coats and the smaller one for knitwear, which stretches.

      ## Measuring

      Chest: around the fullest part. Waist: where you bend. Hips: around the widest part. Inside leg: from the crotch to the floor, without shoes.

      | Size | Chest | Waist | Hips |
      | --- | --- | --- | --- |
      | S | 88 | 72 | 94 |
      | M | 94 | 78 | 100 |
      | L | 100 | 84 | 106 |
      | XL | 108 | 92 | 114 |

      ## Shoes and belts

      Shoes run half a size small: a 42 fits like 41.5. Measure a belt from the buckle to the hole that you use. Rings are measured with the strip that you can print.
      """),
    Page(
      "changes", "Changing or cancelling an order",
      """
      # Changing or cancelling an order

      As long as an order is shown as Received, you can change or cancel it yourself in your account. Once it is shown as Packed, nothing can be changed any more.

      ## Wrong delivery address

      Correct the address under Orders, Change address, while the order is Received. Later only the carrier can redirect it: use the link in the tracking mail.

      ## Cancelling

      Choose Cancel order. What you paid comes back the same day. When the parcel has left already, refuse it at the door or send it back.

      ## Adding something

      Nothing can be added to an order that was placed. Place a second one and write "together" into the note: we combine both into one parcel where that is
      possible and refund the second shipping fee.
      """),
    Page(
      "gift-cards", "Gift cards and discount codes",
      """
      # Gift cards and discount codes

      Gift cards come by mail as a PDF within minutes, over any amount from 10 to 500. They are valid for three years and can be used in parts.

      ## Redeeming

      Enter the code of the voucher at checkout in the field Gift card or code, without blanks. What is left stays on the card; you see the balance in your account.

      ## The code does not work

      A discount code is good for one order and cannot be combined with another one. It does not count for things that are on sale, nor below its minimum value.
      Look for its last day in the mail that it came with: an expired promotion cannot be extended. Lost gift cards are blocked and issued anew if you have the receipt.
      """),
    Page(
      "shop", "Our shop: opening hours, pick-up, contact",
      """
      # Our shop

      You find us at 12 Mill Street, beside the old station. The next stop of tram 4 is Mill Bridge. Two parking places are in the yard.

      ## Opening hours

      Monday to Friday from 10:00 to 19:00, Saturday from 10:00 to 16:00. We are closed on Sundays, public holidays and from 24 December to 1 January.

      ## Picking up an order

      Choose Pick-up at checkout: it is free. We write when it is ready, most often within two hours. We keep it for ten days. Bring the order number or the mail;
      somebody else may collect it for you with a copy of it.

      ## Contact

      By mail we answer within one working day. The phone is staffed from 10:00 to 17:00.
      """),
  ]
}
