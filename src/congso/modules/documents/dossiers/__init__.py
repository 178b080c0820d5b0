"""Work dossiers (hồ sơ công việc): the yearly catalogue, the dossiers, hand-over to the archive, destruction, export.

Legal basis: Decree 30/2020/NĐ-CP, chapter IV, and Phụ lục VI for the metadata. Decided here:

- The archive (lưu trữ cơ quan) is the records clerk of the organ: no role of its own.
- Who sees a dossier (its keeper, the leaders and records clerks of its organ) sees the list of what is in it, and the
  files that were put into it; a paper's content still needs the ordinary right to that paper.
- A period of retention begins with the year after the one in which the work ended.
"""
